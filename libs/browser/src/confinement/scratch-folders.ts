import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'sr-browser-';

/** A folder for Unix sockets: below the system's temporary folder, because their paths may hold 108 bytes only. Named after this process. */
export const makeSocketFolder = (): Promise<string> => mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));

/** Removes what processes that were killed left behind. */
export const sweepSocketFolders = async (): Promise<void> => {
  const folders = await readdir(tmpdir());
  const stale = folders.filter((name) => {
    const pid = name.startsWith(PREFIX) ? /^(\d+)-/.exec(name.slice(PREFIX.length))?.[1] : undefined;
    return pid !== undefined && !existsSync(`/proc/${pid}`);
  });
  // Another user's leftovers cannot be removed and need not be: allSettled.
  await Promise.allSettled(stale.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true })));
};

/** Folders of a session that is over. */
export async function removeFolders(dirs: readonly string[]): Promise<void> {
  await Promise.all(dirs.map((dir) => rm(dir, { recursive: true, force: true })));
}
