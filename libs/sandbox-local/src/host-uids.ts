import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from '@showrunner/contracts';

/** Uids no distribution gives to people or services. */
const FIRST = 2_000_000;
const COUNT = 60_000;
const PASSED = '.passed';

/**
 * Gives every sandbox of this host a uid of its own, so that the kernel keeps their files and processes apart even without
 * namespaces. A claim is a file made with O_EXCL, which holds the sandbox's folder; so allocation has no race between processes.
 */
export class HostUids {
  constructor(private readonly dir: string) {}

  async claim(owner: string): Promise<number> {
    await mkdir(this.dir, { recursive: true, mode: 0o700 });
    const start = Math.floor(Math.random() * COUNT);
    for (let step = 0; step < COUNT; step++) {
      const uid = FIRST + ((start + step) % COUNT);
      try {
        await writeFile(join(this.dir, String(uid)), owner, { flag: 'wx', mode: 0o600 });
        return uid;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    throw new EnvironmentError('sandbox_uids_exhausted', 'Every host uid for sandboxes is taken.', {
      remedy: 'Destroy sandboxes that are no longer needed.',
    });
  }

  /** Makes a claim another's, in one step. */
  async pass(uid: number, owner: string): Promise<void> {
    const passed = join(this.dir, `${uid}${PASSED}`);
    await writeFile(passed, owner, { mode: 0o600 });
    await rename(passed, join(this.dir, String(uid)));
  }

  async release(uid: number): Promise<void> {
    await unlink(join(this.dir, String(uid))).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  /** Frees claims of sandboxes whose folder is gone. */
  async sweep(): Promise<number> {
    let freed = 0;
    for (const name of await readdir(this.dir).catch(() => [] as string[])) {
      const owner = await readFile(join(this.dir, name), 'utf8').catch(() => '');
      if (owner === '' || existsSync(owner)) continue;
      await unlink(join(this.dir, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
      freed++;
    }
    return freed;
  }
}
