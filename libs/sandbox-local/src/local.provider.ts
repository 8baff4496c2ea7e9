import { join } from 'node:path';
import { mkdir, stat } from 'node:fs/promises';
import type { SandboxInfo } from '@showrunner/contracts';
import { EgressJudge } from '@showrunner/egress';
import type { CreateSandboxOptions, Sandbox, SandboxProvider, SandboxSystems } from '@showrunner/sandbox';
import { adopt } from './adopt';
import { boot } from './boot';
import { localCapabilities } from './capabilities';
import { CgroupWarmUp, type CgroupOutcomes } from '@showrunner/control-groups';
import { teardown } from './teardown';
import { describeMeta, limitsInForce, unknownInfo } from './describe';
import { DiskPool } from './disk-pool';
import { requireEnvironment } from '@showrunner/sandbox/provider';
import { writeEtcFiles } from './holder-command';
import { WarmPool } from './warm-pool';
import { detectHost } from './host';
import { HostUids } from './host-uids';
import { Lifecycle } from './lifecycle';
import { LocalSandbox } from './local.sandbox';
import { identifySelf } from './proc';
import { capabilityMissing, sandboxNotFound } from './sandbox-errors';
import { readMeta, requireSandboxId, SandboxHome, writeMeta, type SandboxMeta } from './sandbox-folder';
import { sandboxGroups, type HostContext } from './host-context';

/** Longer than a creation takes, its first command included. */
const CREATION_MS = 60;

export interface LocalSandboxProviderOptions {
  /** Folder of all sandboxes of this platform, usually `<SHOWRUNNER_HOME>/sandboxes`. */
  home: string;
  bwrapPath?: string;
  /** Where host uids are claimed; one place for the whole host. */
  uidDirectory?: string;
}

/**
 * Sandboxes on this host by bubblewrap. Nothing is kept in memory alone: any process with the same home can go on with any sandbox,
 * and a sandbox lives on when the process that made it dies.
 */
export class LocalSandboxProvider implements SandboxProvider {
  readonly name = 'local' as const;
  readonly capabilities = localCapabilities(process.getuid?.() === 0);
  /** Folder of this host that every sandbox sees at `/showrunner` and can only read. */
  readonly sharedFolder: string;
  readonly systems: SandboxSystems | undefined;
  private readonly home: SandboxHome;
  private readonly uids: HostUids;
  private readonly disks: DiskPool;
  private readonly holders: WarmPool;
  private readonly bwrapPath: string;
  private prepared?: Promise<HostContext>;

  constructor(options: LocalSandboxProviderOptions) {
    this.home = new SandboxHome(options.home);
    this.sharedFolder = join(this.home.path, '.shared');
    // Without root a sandbox cannot be stopped and keep its files.
    const systems = join(this.home.path, '.systems');
    this.systems =
      process.getuid?.() === 0
        ? {
            folder: systems,
            putBeneath: (id, name, hostNames = []) =>
              this.putBeneath(id, name === undefined ? undefined : join(systems, name), hostNames),
          }
        : undefined;
    this.bwrapPath = options.bwrapPath ?? 'bwrap';
    this.uids = new HostUids(options.uidDirectory ?? '/run/showrunner/sandbox-uids');
    this.disks = new DiskPool(this.home.path);
    this.holders = new WarmPool(this.home.path, this.disks, this.uids);
  }

  /** Looks at the host and lays out the home once; a failure is not remembered. */
  private prepare(): Promise<HostContext> {
    this.prepared ??= (async () => {
      const { home, uids } = this;
      const etcDir = join(home.path, '.etc');
      const [host] = await Promise.all([detectHost(this.bwrapPath), home.prepare()]);
      await mkdir(etcDir, { recursive: true, mode: 0o700 });
      const sharedDir = this.sharedFolder;
      await mkdir(sharedDir, { recursive: true, mode: 0o755 });
      await writeEtcFiles(etcDir);
      return { host, home, etcDir, sharedDir, uids, warmUp: new CgroupWarmUp(host.cgroups.reaper) };
    })().catch((error: unknown) => {
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  /**
   * @throws AppError `sandbox_start_failed`, EnvironmentError `sandbox_unavailable`, InvalidInputError `sandbox_id_invalid`,
   *   `sandbox_env_invalid`, `network_host_invalid`, `sandbox_capability_missing`
   */
  async create(options: CreateSandboxOptions): Promise<Sandbox> {
    requireSandboxId(options.id);
    requireEnvironment(options.environment ?? {});
    if (options.network?.mode === 'allow') new EgressJudge(options.network);
    if (options.image !== undefined) throw capabilityMissing('make a sandbox from an image');
    options.signal?.throwIfAborted();
    const context = await this.prepare();
    if (!(await this.home.claim(options.id))) {
      const existing = await adopt(this.home.folder(options.id));
      if (existing === undefined) {
        await this.destroy(options.id);
        return this.create(options);
      }
      const sandbox = this.handle(context, existing);
      await sandbox.start();
      return sandbox;
    }
    try {
      const sandbox = await this.build(options, context);
      options.signal?.throwIfAborted();
      return sandbox;
    } catch (error) {
      await this.destroy(options.id);
      throw error;
    }
  }

  private async build(options: CreateSandboxOptions, context: HostContext): Promise<Sandbox> {
    const { id, limits } = options;
    context.warmUp.expect(CREATION_MS);
    const folder = this.home.folder(id);
    const providing = this.holders.provide(context, limits, folder);
    try {
      const [outcomes, { hostUid }] = await Promise.all([
        sandboxGroups(context, id).create(limits),
        providing,
      ]);
      const meta = this.creating(options, context, outcomes, hostUid);
      await writeMeta(folder, meta);
      options.signal?.throwIfAborted();
      const running = await boot(context, meta, outcomes, await providing);
      await writeMeta(folder, running);
      this.holders.refill(context, limits);
      const sandbox = this.handle(context, running);
      if (options.network?.mode === 'allow') await sandbox.setNetwork(options.network);
      return sandbox;
    } catch (error) {
      await providing.then(
        (holder) => holder.end(),
        () => undefined, // none was made: that is the error
      );
      throw error;
    }
  }

  private creating(
    { id, labels, environment, limits }: CreateSandboxOptions,
    { host }: HostContext,
    outcomes: CgroupOutcomes,
    hostUid: number | undefined,
  ): SandboxMeta {
    return {
      version: 1,
      id,
      status: 'creating',
      createdAt: new Date().toISOString(),
      labels,
      requested: limits,
      limits: limitsInForce(limits, outcomes, host.root),
      cgroupKey: this.home.cgroupKey(id),
      hostUid,
      creator: identifySelf(),
      environment,
    };
  }

  private handle(context: HostContext, meta: SandboxMeta): LocalSandbox {
    return new LocalSandbox({
      meta,
      context,
      lifecycle: new Lifecycle(context, meta.id),
      destroy: () => this.destroy(meta.id),
    });
  }

  private async putBeneath(
    id: string,
    system: string | undefined,
    hostNames: readonly string[],
  ): Promise<Sandbox> {
    requireSandboxId(id);
    const context = await this.prepare();
    await new Lifecycle(context, id).putBeneath(system, hostNames);
    return this.getOrStart(id);
  }

  async get(id: string): Promise<Sandbox | undefined> {
    requireSandboxId(id);
    const context = await this.prepare();
    const meta = await readMeta(this.home.folder(id));
    return meta === undefined || meta.status === 'creating' ? undefined : this.handle(context, meta);
  }

  /** @throws AppError `sandbox_not_found`, `sandbox_lost` */
  async getOrStart(id: string): Promise<Sandbox> {
    const sandbox = await this.get(id);
    if (sandbox === undefined) throw sandboxNotFound(id);
    await sandbox.start();
    return sandbox;
  }

  /** Every sandbox of this home, half-made and failed ones included. */
  async list(labels: Record<string, string> = {}): Promise<SandboxInfo[]> {
    const infos = await Promise.all((await this.home.ids()).map((id) => this.describe(id)));
    const wanted = Object.entries(labels);
    return infos.filter((info) => wanted.every(([name, value]) => info.labels[name] === value));
  }

  private async describe(id: string): Promise<SandboxInfo> {
    const meta = await readMeta(this.home.folder(id));
    if (meta !== undefined) return describeMeta(meta);
    const claimed = await stat(this.home.folder(id)).catch(() => undefined);
    return unknownInfo(id, claimed?.ctime ?? new Date());
  }

  async destroy(id: string): Promise<void> {
    requireSandboxId(id);
    const context = await this.prepare();
    const folder = await this.home.discard(id);
    if (folder !== undefined) await teardown(context, id, folder);
  }

  async sweep(): Promise<void> {
    const context = await this.prepare();
    for (const { id, folder } of await this.home.discarded()) await teardown(context, id, folder);
    for (const id of await this.home.ids()) await new Lifecycle(context, id).finish();
    await this.disks.sweep();
    await this.holders.sweep();
    await this.uids.sweep();
  }

  /** Nothing is held open between calls; what was begun for the next is ended. */
  async close(): Promise<void> {
    await this.holders.close();
    await this.disks.close();
    this.prepared = undefined;
  }
}
