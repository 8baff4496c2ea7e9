import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxLimits } from '@showrunner/contracts';
import { DISK } from './disk-image';
import type { DiskPool } from './disk-pool';
import { HOLDER_INFO, mountHolder, type Holder } from './holder';
import { tmpBytes } from './holder-command';
import type { HostUids } from './host-uids';
import { identifySelf, isAlive } from './proc';
import type { HostContext } from './host-context';

/** Holders of a size that wait mounted. */
const READY = 2;
/** Of how many sizes; those of the latest creations. */
const SIZES = 2;
/** The one who just got a sandbox comes first, its first command included. */
const REFILL_AFTER_MS = 20;

interface WarmHolder {
  holder: Holder;
  /** Where its image lies until it is taken. */
  folder: string;
}

interface Bucket {
  ready: WarmHolder[];
  filling: boolean;
}

/**
 * Holders that are started ahead, so that a creation need not wait for their disks to be mounted. They are this process's own and end
 * with it; other processes have theirs. What a killed process leaves is a folder with an image, which the sweep removes.
 */
export class WarmPool {
  /** By what a holder is started with; the latest used last. */
  private readonly buckets = new Map<string, Bucket>();
  private readonly unfinished = new Set<Promise<void>>();
  private readonly closing = new AbortController();

  constructor(
    private readonly home: string,
    private readonly disks: DiskPool,
    private readonly uids: HostUids,
  ) {}

  private get dir(): string {
    return join(this.home, '.holders');
  }

  /**
   * A holder for the sandbox with this folder, and a host uid that is claimed for it (root only): one that is ready, or a new one.
   * @throws AppError `sandbox_start_failed`, EnvironmentError `sandbox_uids_exhausted`
   */
  async provide(context: HostContext, limits: SandboxLimits, folder: string): Promise<Holder> {
    if (!context.host.root) return mountHolder({ folder, ...placesOf(context), limits });
    const ready = this.buckets.get(sizeOf(limits))?.ready.shift();
    const moved = ready && (await this.move(ready, folder));
    return moved ?? this.make(context, limits, folder);
  }

  /** undefined when something of it is gone: then it is ended. The claim names at each moment a folder that is there. */
  private async move(ready: WarmHolder, folder: string): Promise<Holder | undefined> {
    const { holder, folder: from } = ready;
    try {
      for (const name of [DISK, HOLDER_INFO]) await rename(join(from, name), join(folder, name));
      if (holder.hostUid !== undefined) await this.uids.pass(holder.hostUid, folder);
    } catch {
      await this.discard(ready); // a new one says what is wrong, if it is more than that
      return undefined;
    }
    this.afterwards(rm(from, { recursive: true, force: true }));
    return holder;
  }

  private async make(context: HostContext, limits: SandboxLimits, folder: string): Promise<Holder> {
    const [hostUid, disk] = await Promise.all([
      this.uids.claim(folder),
      this.disks.provide(limits.diskBytes, folder),
    ]);
    try {
      return await mountHolder({ folder, ...placesOf(context), limits, hostUid, disk });
    } catch (error) {
      await this.uids.release(hostUid);
      throw error;
    }
  }

  /** Has holders started soon where there are too few. After a creation: a process that makes no sandbox keeps none ready. */
  refill(context: HostContext, limits: SandboxLimits): void {
    if (!context.host.root || this.closing.signal.aborted) return;
    const size = sizeOf(limits);
    const bucket = this.buckets.get(size) ?? { ready: [], filling: false };
    this.buckets.delete(size);
    this.buckets.set(size, bucket);
    for (const [other] of [...this.buckets].slice(0, -SIZES)) this.drop(other);
    if (bucket.filling) return;
    bucket.filling = true;
    const filled = delay(REFILL_AFTER_MS, undefined, { ref: false, signal: this.closing.signal })
      .then(() => this.fill(context, limits, bucket))
      .finally(() => (bucket.filling = false));
    this.afterwards(filled);
  }

  private async fill(context: HostContext, limits: SandboxLimits, bucket: Bucket): Promise<void> {
    await mkdir(this.dir, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const wanted = () => !this.closing.signal.aborted && this.buckets.get(sizeOf(limits)) === bucket;
    while (wanted() && bucket.ready.length < READY) {
      const { pid, startTime } = identifySelf();
      const folder = join(this.dir, `${pid}.${startTime}.${randomBytes(6).toString('hex')}`);
      await mkdir(folder, { mode: 0o700 });
      const ready = { folder, holder: await this.makeIn(context, limits, folder) };
      if (wanted()) this.keep(ready, bucket);
      else await this.discard(ready);
    }
  }

  private async makeIn(context: HostContext, limits: SandboxLimits, folder: string): Promise<Holder> {
    try {
      return await this.make(context, limits, folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  private keep(ready: WarmHolder, bucket: Bucket): void {
    bucket.ready.push(ready);
    void ready.holder.ended.then(() => {
      const at = bucket.ready.indexOf(ready);
      if (at < 0) return;
      bucket.ready.splice(at, 1);
      this.afterwards(this.discard(ready));
    });
  }

  private drop(size: string): void {
    const ready = this.buckets.get(size)?.ready.splice(0) ?? [];
    this.buckets.delete(size);
    for (const each of ready) this.afterwards(this.discard(each));
  }

  private async discard({ holder, folder }: WarmHolder): Promise<void> {
    await holder.end();
    if (holder.hostUid !== undefined) await this.uids.release(holder.hostUid);
    await rm(folder, { recursive: true, force: true });
  }

  /** Nobody waits for it but `close`. Of what fails: each creation can make its own holder, and the sweep removes what was left. */
  private afterwards(work: Promise<void>): void {
    const done = work.catch(() => undefined).finally(() => this.unfinished.delete(done));
    this.unfinished.add(done);
  }

  /** Ends what is ready, and makes no more. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.unfinished);
    for (const size of [...this.buckets.keys()]) this.drop(size);
    await Promise.all(this.unfinished);
  }

  /** Removes what processes left that died; their holders ended with them. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.dir).catch(() => [] as string[])) {
      const [pid = '', startTime = ''] = name.split('.');
      if (!(await isAlive({ pid: Number(pid), startTime })))
        await rm(join(this.dir, name), { recursive: true, force: true });
    }
  }
}

const placesOf = ({ etcDir, sharedDir, host }: HostContext) => ({ etcDir, sharedDir, host });

/** Holders of the same size differ in nothing but their uid. */
const sizeOf = (limits: SandboxLimits): string => `${limits.diskBytes} ${tmpBytes(limits)}`;
