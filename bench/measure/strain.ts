import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const EVERY_MS = 500;

/** How much a piece of work asked of this process and its children. */
export interface Strain {
  /** Most memory resident at once, MiB: this process, its children, both together. */
  ownMib: number;
  childrenMib: number;
  togetherMib: number;
  /** Longest time for which nothing else could run here, ms. */
  longestBlockMs: number;
  /** Longest time between two beats of a timer of half a second, ms. */
  longestBeatMs: number;
}

/** Watches this process and the programs it starts while `work` runs (Linux). */
export async function strainOf(work: () => Promise<unknown>): Promise<Strain> {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  const most: Strain = { ownMib: 0, childrenMib: 0, togetherMib: 0, longestBlockMs: 0, longestBeatMs: 0 };
  let beatAt = performance.now();
  const beat = (): void => {
    const now = performance.now();
    const own = process.memoryUsage().rss / 2 ** 20;
    const children = childrenOf(process.pid).reduce((sum, pid) => sum + residentOf(pid), 0);
    most.ownMib = Math.max(most.ownMib, own);
    most.childrenMib = Math.max(most.childrenMib, children);
    most.togetherMib = Math.max(most.togetherMib, own + children);
    most.longestBeatMs = Math.max(most.longestBeatMs, now - beatAt);
    beatAt = now;
  };
  const timer = setInterval(beat, EVERY_MS);
  delays.enable();
  try {
    await work();
  } finally {
    delays.disable();
    clearInterval(timer);
  }
  return { ...most, longestBlockMs: delays.max / 1e6 };
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** MiB; 0 for a process that has ended meanwhile. */
function residentOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
