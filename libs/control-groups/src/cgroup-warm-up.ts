import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CgroupLayout } from './cgroup-layout';

/** No process has this id: the kernel's largest is 4194304. */
const NOBODY = '2147483647';
const EVERY_MS = 2;

/**
 * Spares those who join control groups a wait of 5 to 15 ms. Before it moves a process, the kernel waits for a grace period (of
 * `cgroup_threadgroup_rwsem`), unless somebody else has moved one in the last few milliseconds. Moving nobody is refused after that wait; so
 * it is done ahead of those whom somebody waits for.
 */
export class CgroupWarmUp {
  private until = 0;
  private running = false;

  private readonly procsFile?: string;

  /** @param reaper where commands join groups as whole processes; threads alone need no warm-up */
  constructor(reaper: CgroupLayout['reaper']) {
    if (reaper !== undefined && reaper.by !== 'freezer') this.procsFile = join(reaper.root, 'cgroup.procs');
  }

  /** Joins will be quick from some milliseconds after now, for as long. Never fails. */
  expect(forMs: number): void {
    this.until = Math.max(this.until, performance.now() + forMs);
    if (this.running || this.procsFile === undefined) return;
    this.running = true;
    this.run(this.procsFile)
      .catch(() => undefined) // what it spares is time only
      .finally(() => (this.running = false));
  }

  private async run(procsFile: string): Promise<void> {
    const file = await open(procsFile, 'r+');
    try {
      while (performance.now() < this.until) {
        await moveNobody(file);
        await delay(EVERY_MS, undefined, { ref: false });
      }
    } finally {
      await file.close();
    }
  }
}

async function moveNobody(file: FileHandle): Promise<void> {
  await file.write(NOBODY, 0).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ESRCH') throw error;
  });
}
