import type { BrowserSession } from '@showrunner/browser';
import { servePage } from './measure/bench-session';
import { durationOf, figure, quantile, timed } from './measure/figures';
import { inScratch } from './measure/scratch';

const OPENED = 5;
const CLICKS = 25;
const PAGE = `<!doctype html><title>Bench</title><p id="n">0</p><button onclick="n.textContent = +n.textContent + 1">Add</button>
<ul>${Array.from({ length: 100 }, (_, index) => `<li>Card ${index} <button>Edit</button></li>`).join('')}</ul>`;

/**
 * What a proven step costs over the bare MCP call (snapshot, find, prove, settle), without human pace, and how long a session takes to open.
 * Baseline in the same run: the same click by the same MCP server on the same page, by a selector that is known.
 */
export const benchAgent = (): Promise<void> =>
  inScratch(async (workDir) => {
    const page = await servePage(PAGE, workDir);
    const open = (round: number) => page.open(`bench-${round}`);
    let session = await open(0);
    try {
      const opened: number[] = [];
      for (let round = 1; round <= OPENED; round++) {
        await session.close();
        opened.push(await durationOf(async () => (session = await open(round))));
      }
      figure('agent.session.open', 'ms', opened);
      await session.navigate('/');
      figure('agent.snapshot', 'ms', await timed(30, () => session.snapshot()));
      await clicks(session);
    } finally {
      await session.close();
      page.close();
    }
  });

async function clicks(session: BrowserSession): Promise<void> {
  let count = 0;
  const bareClick = (): Promise<unknown> => {
    count += 1;
    return session.callTool('browser_click', { element: 'Add', target: 'css=html > body > button' });
  };
  const failures: string[] = [];
  const step = async (round: number): Promise<void> => {
    count += 1;
    const record = await session.performStep({
      feature: 'bench',
      stepIndex: round,
      step: {
        action: { type: 'click', target: { role: 'button', name: 'Add', exact: true } },
        caption: 'Add',
        success: { kind: 'textVisible', text: `${count} Add` },
        timeoutMs: 5000,
      },
      seq: round,
      attempt: 1,
      pace: 'none',
    });
    if (!record.verified) failures.push(record.error ?? 'not verified');
  };
  await bareClick();
  const bare: number[] = [];
  const proven: number[] = [];
  // By turns: whatever else the machine does meets both.
  for (let round = 0; round < CLICKS; round++) {
    bare.push(await durationOf(bareClick));
    proven.push(await durationOf(() => step(round)));
  }
  const overhead = quantile(proven, 0.5) - quantile(bare, 0.5);
  figure(
    'agent.step',
    'ms',
    proven,
    { what: 'mcp click', values: bare },
    { overhead: `${overhead.toFixed(1)}ms`, failed: failures.length },
  );
}
