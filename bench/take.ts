import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserSession } from '@showrunner/browser';
import { connectInProcess } from '@showrunner/browser/testing';
import { recordFrames } from '@showrunner/recorder';
import { servePage } from './measure/bench-session';
import { figure } from './measure/figures';
import { inScratch } from './measure/scratch';
import { tracePresentedFrames } from './measure/presented-frames';

const ROUNDS = 3;
const FILMED_MS = 5_000;
const PAGE = `<!doctype html><title>Moving</title><style>body{margin:0;font:20px sans-serif}
#b{position:absolute;top:200px;width:120px;height:120px;background:#d00}</style><h1>Moving</h1>
${'<p>Text that is encoded with every frame</p>'.repeat(12)}<div id=b></div>
<script>function f(t){b.style.transform='translateX('+(t/4)%1100+'px)';requestAnimationFrame(f)}requestAnimationFrame(f)</script>`;

/**
 * Films a page that moves at every refresh, 1280x720. Baseline in the same run: the frames that Chromium presented in that time by its own
 * trace; `ratio` is the share that was captured.
 */
export const benchTake = (): Promise<void> =>
  inScratch(async (workDir) => {
    const page = await servePage(PAGE, workDir);
    const session = await page.open('bench-take');
    const captured: number[] = [];
    const presented: number[] = [];
    let reported = 0;
    try {
      await session.navigate('/');
      for (let round = 0; round < ROUNDS; round++) {
        const seen = await filmOnce(session);
        captured.push(seen.captured);
        presented.push(seen.presented);
        reported += seen.reportedLost;
      }
    } finally {
      await session.close();
      page.close();
    }
    const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
    const lost = 100 * (1 - sum(captured) / sum(presented));
    figure(
      'take.frames',
      '',
      captured,
      { what: 'presented', values: presented },
      {
        lost: `${Math.max(0, lost).toFixed(2)}%`,
        reportedLost: reported,
        fps: (sum(captured) / (ROUNDS * (FILMED_MS / 1000))).toFixed(1),
      },
    );
  });

async function filmOnce(
  session: BrowserSession,
): Promise<{ captured: number; presented: number; reportedLost: number }> {
  const times: number[] = [];
  const stop = new AbortController();
  let first: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (first = resolve));
  const trace = await tracePresentedFrames(session.connectDevTools());
  const sink = {
    clock: (): void => undefined,
    frame: (atMs: number): boolean => {
      times.push(atMs);
      first();
      return true;
    },
    gap: (): void => undefined,
    lost: (): void => undefined,
  };
  const recording = recordFrames({ connect: connectInProcess(session.frames), sink, signal: stop.signal });
  await begun;
  await delay(FILMED_MS);
  stop.abort();
  const { framesLost } = await recording;
  const frames = await trace.stop();
  // Only what was presented while the recorder was there: from its first frame to its last.
  const presented = frames.between(times[0] ?? 0, times.at(-1) ?? 0);
  return { captured: times.length, presented, reportedLost: framesLost };
}
