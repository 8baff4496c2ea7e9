import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { AppError, type NetworkPolicy } from '@showrunner/contracts';
import { archivePath, makeDurable, packDisk, removeArchive, unpackDisk } from './archive-file';
import { boot } from './boot';
import { checkDisk, DISK, waitUntilDetached } from './disk-image';
import { endProcesses } from './end-processes';
import { mountHolder, type Holder } from './holder';
import { writeHostsFile } from './holder-command';
import { recordEnded } from './named-processes';
import { closeLiveNetwork, endEgressProxy, openLiveNetwork } from './egress-proxy/live-network';
import { identifySelf, isAlive } from './proc';
import { capabilityMissing, sandboxLost, sandboxNotFound, sandboxNotRunning } from './sandbox-errors';
import { readMeta, writeMeta, type SandboxMeta } from './sandbox-folder';
import { proxyGroups, sandboxGroups, type HostContext } from './host-context';
import { withTransition } from './transition-lock';
import { usageUpTo } from './usage';

/**
 * What a sandbox becomes. Each step is recorded before it is begun or after it is done, whichever can be done again: a caller that is
 * killed at any moment leaves a sandbox that is the old or the new, and the next call finishes what it began.
 */
export class Lifecycle {
  constructor(
    private readonly context: HostContext,
    private readonly id: string,
  ) {}

  private get folder(): string {
    return this.context.home.folder(this.id);
  }

  private get groups() {
    return [sandboxGroups(this.context, this.id), proxyGroups(this.context, this.id)];
  }

  /** Runs `fn` with the facts as they are now, alone. @throws AppError `sandbox_not_found`, `sandbox_busy` */
  private async alone<T>(fn: (meta: SandboxMeta) => Promise<T>, waitSeconds?: number): Promise<T> {
    if ((await readMeta(this.folder)) === undefined) throw sandboxNotFound(this.id);
    return withTransition(
      this.folder,
      async () => {
        const meta = await readMeta(this.folder);
        if (meta === undefined) throw sandboxNotFound(this.id);
        if (meta.status === 'creating') throw sandboxNotRunning(this.id, 'being made');
        return fn(meta);
      },
      waitSeconds,
    );
  }

  change(fn: (meta: SandboxMeta) => SandboxMeta): Promise<void> {
    return this.alone((meta) => writeMeta(this.folder, fn(meta)));
  }

  /** @throws AppError `sandbox_lost` when it died; `stop` still saves its files */
  async start(): Promise<void> {
    const now = await readMeta(this.folder);
    if (now?.status === 'running' && (await isAlive(now.init))) return;
    return this.alone(async (meta) => {
      if (meta.status === 'running') {
        if (await isAlive(meta.init)) return;
        throw sandboxLost(this.id);
      }
      const stopped = meta.status === 'archived' ? await this.restore(meta) : meta;
      await this.bootStopped(await this.settle(stopped));
    });
  }

  private async bootStopped(meta: SandboxMeta): Promise<void> {
    await removeArchive(this.folder);
    const starting: SandboxMeta = { ...meta, starter: identifySelf() };
    await writeMeta(this.folder, starting);
    try {
      const [outcomes] = await Promise.all([
        sandboxGroups(this.context, this.id).create(meta.requested),
        checkDisk(this.folder),
      ]);
      const running = await boot(this.context, meta, outcomes, await this.mountKept(meta));
      if (meta.network?.mode === 'allow') await openLiveNetwork(this.context, running, meta.network);
      await writeMeta(this.folder, running);
    } catch (error) {
      await this.settle(starting);
      throw error;
    }
  }

  private async mountKept({ requested, hostUid, system, hostNames = [] }: SandboxMeta): Promise<Holder> {
    const { etcDir, sharedDir, host } = this.context;
    const disk = { kind: 'kept' as const };
    const hostsFile = hostNames.length === 0 ? undefined : await writeHostsFile(this.folder, hostNames);
    const places = { folder: this.folder, etcDir, sharedDir, system, hostsFile };
    return mountHolder({ ...places, host, limits: requested, hostUid, disk });
  }

  stop(): Promise<void> {
    return this.alone(async (meta) => void (await this.stopAlone(meta)));
  }

  private async stopAlone(meta: SandboxMeta): Promise<SandboxMeta> {
    if (meta.status === 'archived') return meta;
    if (!this.context.host.root) throw capabilityMissing('keep the files of a sandbox without root');
    if (isSettled(meta)) return meta;
    const stopping: SandboxMeta =
      meta.status === 'stopped' ? meta : { ...meta, status: 'stopped', usage: usageUpTo(this.context, meta) };
    await writeMeta(this.folder, stopping);
    if (meta.network?.mode === 'allow') await endEgressProxy(this.folder);
    return this.settle(stopping);
  }

  /** Ends what still runs of a sandbox that is recorded as stopped, and waits until its disk is at rest. */
  private async settle(meta: SandboxMeta): Promise<SandboxMeta> {
    await endProcesses(this.folder, this.id, meta, this.groups);
    await waitUntilDetached(this.folder);
    await recordEnded(this.folder);
    if (isSettled(meta)) return meta;
    await makeDurable(join(this.folder, DISK));
    const settled: SandboxMeta = { ...meta, init: undefined, holder: undefined, starter: undefined };
    await writeMeta(this.folder, settled);
    return settled;
  }

  /** Ends what runs and starts it again on that system; a start that fails leaves it stopped, on that system. */
  putBeneath(asked: string | undefined, hostNames: readonly string[]): Promise<void> {
    return this.alone(async (meta) => {
      const system = asked ?? meta.system;
      const isSame = meta.system === system && hostNames.join() === (meta.hostNames ?? []).join();
      if (isSame && meta.status === 'running' && (await isAlive(meta.init))) return;
      const stopped = { ...(await this.stopAlone(meta)), system, hostNames: [...hostNames] };
      await writeMeta(this.folder, stopped);
      await this.bootStopped(stopped);
    });
  }

  archive(): Promise<void> {
    return this.alone(async (meta) => {
      const stopped = await this.stopAlone(meta);
      if (stopped.status !== 'archived') {
        await packDisk(this.folder);
        await writeMeta(this.folder, { ...stopped, status: 'archived' });
      }
      await this.dropImage();
    });
  }

  /** Only with an archive: what an interrupted call left of the image is no longer needed then. */
  private async dropImage(): Promise<void> {
    if (archivePath(this.folder) !== undefined) await rm(join(this.folder, DISK), { force: true });
  }

  /** The image is recorded as the truth before it is changed; the archive, old from then on, goes after that. */
  private async restore(meta: SandboxMeta): Promise<SandboxMeta> {
    await unpackDisk(this.folder);
    const stopped: SandboxMeta = { ...meta, status: 'stopped' };
    await writeMeta(this.folder, stopped);
    await removeArchive(this.folder);
    return stopped;
  }

  /** Applied before it is recorded: a caller that dies in between leaves a sandbox whose next start has the policy of before. */
  setNetwork(policy: NetworkPolicy): Promise<void> {
    return this.alone(async (meta) => {
      const running = meta.status === 'running' && (await isAlive(meta.init));
      let { gateUid } = meta;
      if (running && policy.mode === 'none') await closeLiveNetwork(this.context, meta);
      if (running && policy.mode === 'allow') gateUid = await openLiveNetwork(this.context, meta, policy);
      await writeMeta(this.folder, { ...meta, gateUid, network: policy });
    });
  }

  /** Finishes a stop, a start or an archive whose caller died; leaves alone what a living caller is at. */
  async finish(): Promise<void> {
    const seen = await readMeta(this.folder);
    if (seen?.status === 'stopped' ? isSettled(seen) : seen?.status !== 'archived') return;
    if (seen?.status === 'archived' && !existsSync(join(this.folder, DISK))) return;
    const finishing = this.alone(async (meta) => {
      if (meta.status === 'stopped' && !isSettled(meta)) await this.settle(meta);
      if (meta.status === 'archived') await this.dropImage();
    }, 0);
    await finishing.catch((error: unknown) => {
      const code = error instanceof AppError ? error.code : '';
      if (!['sandbox_busy', 'sandbox_not_found'].includes(code)) throw error;
    });
  }
}

/** Whether nothing of a stopped sandbox can run any more. */
function isSettled({ init, starter, status }: SandboxMeta): boolean {
  return status === 'stopped' && init === undefined && starter === undefined;
}
