import type { DueRun } from '@showrunner/contracts';
import type { EndedRun } from '@showrunner/database';

export interface RunLimits {
  /** Days after its end. */
  runsKeptDays: number;
  /** Of all ended runs together. */
  runsKeptBytes: number;
}
export type SizedRun = EndedRun & { bytes: number };

const DAY_MS = 86_400_000;
/** Whoever made a run may still be fetching what it made. */
export const YOUNGEST_MS = 3_600_000;

/**
 * Which runs go to keep to the limits. By age: those older than so many days, but never the newest film of a project. By size: the oldest
 * first, newest films of their projects last. A run of the last hour stays, whatever its size.
 * @param runs longest ended first
 */
export function dueRuns(runs: readonly SizedRun[], limits: RunLimits, now: number): DueRun[] {
  const newestFilms = new Set(
    [...runs]
      .reduce(
        (newest, run) => (run.state === 'done' ? newest.set(run.projectId, run.id) : newest),
        new Map<string, string>(),
      )
      .values(),
  );
  const due: DueRun[] = [];
  const gone = new Set<string>();
  const take = (run: SizedRun, reason: string): void => {
    gone.add(run.id);
    due.push({
      ...{ runId: run.id, projectId: run.projectId, bytes: run.bytes, reason },
      finishedAt: run.finishedAt.toISOString(),
    });
  };
  const ageOf = (run: SizedRun): number => now - run.finishedAt.getTime();
  for (const run of runs)
    if (ageOf(run) > limits.runsKeptDays * DAY_MS && !newestFilms.has(run.id))
      take(run, `It ended more than ${limits.runsKeptDays} days ago.`);
  let left = runs.filter(({ id }) => !gone.has(id)).reduce((sum, { bytes }) => sum + bytes, 0);
  const last = [...runs].sort((a, b) => Number(newestFilms.has(a.id)) - Number(newestFilms.has(b.id)));
  for (const run of last) {
    if (left <= limits.runsKeptBytes) break;
    if (gone.has(run.id) || run.bytes === 0 || ageOf(run) < YOUNGEST_MS) continue;
    take(run, `All runs together take more than ${inGib(limits.runsKeptBytes)} GiB.`);
    left -= run.bytes;
  }
  return due;
}

const inGib = (bytes: number): number => Math.round((bytes / 1024 ** 3) * 100) / 100;
