import { spawnSync } from 'node:child_process';

const STARTS = 20;
/** What starting and ending a program takes at most, on average, on a host with nothing else to do. */
const QUIET_MS = 4;

/**
 * How many times as long as on a quiet host things take now, at least 1: the baseline, measured beside, of a test that promises a time.
 * Measured by starting programs, which is what the tests of processes and sandboxes mostly wait for.
 */
export function hostSlowness(): number {
  const startedAt = performance.now();
  for (let start = 0; start < STARTS; start++) spawnSync('true');
  return Math.max(1, (performance.now() - startedAt) / STARTS / QUIET_MS);
}
