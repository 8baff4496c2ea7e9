import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowserSession, pipeTo, type BrowserSession } from '@showrunner/browser';

/**
 * What a proven step costs over the bare MCP call (snapshot, find, prove, settle), and how long a session takes to open.
 * Baseline in the same run: the same click by the same MCP server on the same page, by a selector that is known.
 */
const PAGE = `<!doctype html><title>Bench</title><p id="n">0</p><button onclick="n.textContent = +n.textContent + 1">Add</button>
<ul>${Array.from({ length: 100 }, (_, index) => `<li>Card ${index} <button>Edit</button></li>`).join('')}</ul>`;

const quantile = (values: number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * q)] ?? 0;
const line = (name: string, values: number[], extra = ''): void =>
  void process.stdout.write(
    `${name} p50=${quantile(values, 0.5).toFixed(1)}ms p95=${quantile(values, 0.95).toFixed(1)}ms n=${values.length}${extra}\n`,
  );
const timed = async (rounds: number, work: (round: number) => Promise<unknown>): Promise<number[]> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await work(round);
    times.push(performance.now() - started);
  }
  return times;
};

export const benchAgent = async (
  tools = { chromiumPath: '/usr/bin/chromium', bwrapPath: '/usr/bin/bwrap' },
): Promise<void> => {
  const server = createServer(
    (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const workDir = await mkdtemp(join(tmpdir(), 'showrunner-bench-'));
  const open = (round: number): Promise<BrowserSession> =>
    openBrowserSession({
      ...tools,
      sessionId: `bench-${round}`,
      workDir,
      size: { width: 1280, height: 720 },
      previewUrl: 'http://s1.preview.localhost:4401',
      serve: pipeTo(async () => connect(port, '127.0.0.1')),
    });
  const opened: number[] = [];
  let session = await open(0);
  for (let round = 1; round <= 5; round++) {
    await session.close();
    const [ms] = await timed(1, async () => (session = await open(round)));
    opened.push(ms ?? 0);
  }
  line('session.open', opened);
  await session.navigate('/');
  line('page.snapshot', await timed(30, () => session.snapshot()));
  const target = { role: 'button', name: 'Add', exact: true };
  let count = 0;
  await session.callTool('browser_click', { element: 'Add', target: 'css=html > body > button' });
  count += 1;
  const bare = await timed(25, () =>
    session.callTool('browser_click', { element: 'Add', target: 'css=html > body > button' }),
  );
  count += 25;
  const step = await timed(25, async (round) => {
    count += 1;
    const record = await session.performStep({
      feature: 'bench',
      stepIndex: round,
      step: {
        action: { type: 'click', target },
        caption: 'Add',
        success: { kind: 'textVisible', text: `${count} Add` },
        timeoutMs: 5000,
      },
      seq: round,
      attempt: 1,
      fast: true,
    });
    if (!record.verified) process.stdout.write(`step ${round} failed: ${record.error}\n`);
  });
  const baseline = quantile(bare, 0.5);
  line(
    'agent.step.click',
    step,
    ` baseline(mcp click)=${baseline.toFixed(1)}ms overhead=${(quantile(step, 0.5) - baseline).toFixed(1)}ms`,
  );
  await session.close();
  server.closeAllConnections();
  server.close();
  await rm(workDir, { recursive: true, force: true });
};
