import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openFootage, type TakeFootage } from '@showrunner/media';
import { fetchTake } from '../stored-take';
import type { CompareDependencies } from './compare.types';

/** Takes of runs as files on this machine, each fetched when it is first asked for. */
export interface RunFootage {
  /** Null when there is no such take, or nothing to be seen in it. */
  of(runId: string, takeId: string): Promise<TakeFootage | null>;
}

/** Has work done with the takes of runs; what was fetched for it is gone afterwards. */
export async function withRunFootage<T>(
  deps: CompareDependencies,
  work: (footage: RunFootage, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(deps.config.workDir, 'compare-'));
  const opened = new Map<string, Promise<Awaited<ReturnType<typeof openFootage>> | null>>();
  const open = async (runId: string, takeId: string, number: number) => {
    const take = (await deps.database.takes.list(runId)).find((one) => one.takeId === takeId);
    if (take === undefined) return null;
    const path = join(folder, `take-${number}.mkv`);
    const index = await fetchTake(deps, take, path);
    return openFootage(takeId, path, { index, signal: deps.signal() });
  };
  try {
    return await work(
      {
        async of(runId, takeId) {
          const known = opened.get(takeId) ?? open(runId, takeId, opened.size);
          opened.set(takeId, known);
          return (await known)?.footage ?? null;
        },
      },
      folder,
    );
  } finally {
    for (const one of await Promise.allSettled(opened.values()))
      if (one.status === 'fulfilled') await one.value?.close();
    await rm(folder, { recursive: true, force: true });
  }
}
