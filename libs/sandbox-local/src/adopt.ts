import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './proc';
import { readMeta, type SandboxMeta } from './sandbox-folder';

/** A creator that is at work for longer than this is taken for dead. */
const CREATION_MS = 20_000;
/** A claimed folder without meta.json this old was left by a creator that died. */
const CLAIM_MS = 5_000;

/**
 * Waits for whoever is making the sandbox in this folder.
 * @returns its facts once it runs, or when it is stopped or archived; undefined when it failed, or its creator died, or it is gone
 */
export async function adopt(folder: string): Promise<SandboxMeta | undefined> {
  for (let waitedMs = 0; waitedMs < CREATION_MS; waitedMs += 10) {
    const meta = await readMeta(folder);
    if (meta?.status === 'stopped' || meta?.status === 'archived') return meta;
    if (meta?.status === 'running') return (await isAlive(meta.init)) ? meta : undefined;
    if (meta !== undefined && !(await isAlive(meta.creator))) return undefined;
    if (meta === undefined) {
      const claimed = await stat(folder).catch(() => undefined);
      if (claimed === undefined || Date.now() - claimed.ctimeMs > CLAIM_MS) return undefined;
    }
    await delay(10);
  }
  return undefined;
}
