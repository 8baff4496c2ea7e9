const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;
const WINDOW_MS = 60_000;
const LOOP_EXITS = 4;

/**
 * Delay before a process that ended unasked is started again: doubles with each exit of the last minute, from 0.2 s to 10 s.
 * @param exitTimes milliseconds, in order, the newest last
 */
export function restartDelayMs(exitTimes: readonly number[]): number {
  const recent = exitsBefore(exitTimes, exitTimes.at(-1) ?? 0);
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, recent - 1));
}

/** Four exits within the last minute are a crash loop. */
export function isCrashLooping(exitTimes: readonly number[], now: number): boolean {
  return exitsBefore(exitTimes, now) >= LOOP_EXITS;
}

function exitsBefore(exitTimes: readonly number[], now: number): number {
  return exitTimes.filter((time) => now - time < WINDOW_MS).length;
}
