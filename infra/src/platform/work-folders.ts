import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders that a worker makes for one session, one cut or one rendering, and removes with it unless it was killed. Takes stay: they are gone on with. */
const FOR_ONE_TASK = /^(browser|segment|export)-/;

/**
 * Removes what workers that were killed left in the data folder. Only while none of it runs.
 * @returns how many folders that were
 */
export async function removeWorkFolders(home: string): Promise<number> {
  const work = join(home, 'work');
  const left = (await readdir(work).catch(() => [])).filter((name) => FOR_ONE_TASK.test(name));
  await Promise.allSettled(left.map((name) => rm(join(work, name), { recursive: true, force: true })));
  return left.length;
}
