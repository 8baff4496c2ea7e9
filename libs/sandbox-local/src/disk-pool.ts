import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DISK, diskTemplate, templateName } from './disk-image';
import { HOST_ENVIRONMENT } from './enter';
import type { Disk } from './holder-command';

const run = promisify(execFile);
/** Ready copies a size, of all processes of this home together. */
const READY = 2;
/** The one who just got a sandbox comes first. */
const REFILL_AFTER_MS = 30;
/** A copy takes milliseconds; an unfinished one this old was left by a process that died. */
const ABANDONED_MS = 60_000;
const UNFINISHED = '.tmp';

/**
 * Copies of the empty disk, made ahead so that a creation need not wait for one. They are files of the home and belong to no process:
 * a rename takes one, for one taker, and what a process leaves another uses.
 */
export class DiskPool {
  private readonly filling = new Map<number, Promise<void>>();
  private readonly again = new Set<number>();
  private readonly closing = new AbortController();

  constructor(private readonly home: string) {}

  private get dir(): string {
    return join(this.home, '.templates', 'ready');
  }

  private async readyOf(bytes: number): Promise<string[]> {
    const names = await readdir(this.dir).catch(() => [] as string[]);
    return names.filter((name) => name.startsWith(`${templateName(bytes)}.`) && !name.endsWith(UNFINISHED));
  }

  /** Moves a ready copy into the sandbox's folder; false when there is none. */
  async take(bytes: number, folder: string): Promise<boolean> {
    for (const name of await this.readyOf(bytes))
      try {
        await rename(join(this.dir, name), join(folder, DISK));
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        // Another took it.
      }
    return false;
  }

  /** An empty disk for this folder: a ready copy lies in it already, else it is to be copied from the template. */
  async provide(bytes: number, folder: string): Promise<Disk> {
    const taken = await this.take(bytes, folder);
    const template = taken ? undefined : await diskTemplate(this.home, bytes);
    this.refill(bytes);
    return { kind: 'empty', template };
  }

  /** Has copies made soon, where there are too few; their template must stand. */
  refill(bytes: number): void {
    const { signal } = this.closing;
    if (signal.aborted) return;
    if (this.filling.has(bytes)) return void this.again.add(bytes);
    const filled = delay(REFILL_AFTER_MS, undefined, { ref: false, signal })
      .then(() => this.fill(bytes))
      .catch(() => undefined) // without copies made ahead, each creation makes its own
      .finally(() => {
        this.filling.delete(bytes);
        // One that was taken at the end of the filling may not have been seen.
        if (this.again.delete(bytes)) this.refill(bytes);
      });
    this.filling.set(bytes, filled);
  }

  /** Makes no more copies; those that are ready stay for others. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.filling.values());
  }

  private async fill(bytes: number): Promise<void> {
    const template = join(this.home, '.templates', templateName(bytes));
    // Nothing is made in a home that was removed meanwhile.
    if (!existsSync(template)) return;
    await mkdir(this.dir, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    while (!this.closing.signal.aborted && (await this.readyOf(bytes)).length < READY) {
      const copy = join(this.dir, `${templateName(bytes)}.${randomBytes(6).toString('hex')}`);
      await run('cp', ['--sparse=always', '--', template, `${copy}${UNFINISHED}`], { env: HOST_ENVIRONMENT });
      await rename(`${copy}${UNFINISHED}`, copy);
    }
  }

  /** Removes what dead processes left unfinished. */
  async sweep(): Promise<void> {
    const names = await readdir(this.dir).catch(() => [] as string[]);
    for (const name of names.filter((each) => each.endsWith(UNFINISHED))) {
      const found = await stat(join(this.dir, name)).catch(() => undefined);
      if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS)
        await rm(join(this.dir, name), { force: true });
    }
  }
}
