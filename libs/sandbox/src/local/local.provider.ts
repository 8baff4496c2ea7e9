import { join } from 'node:path';
import { mkdir, stat } from 'node:fs/promises';
import type { SandboxInfo } from '@showrunner/contracts';
import type { CreateSandboxOptions, Sandbox, SandboxProvider } from '../sandbox.types';
import { adopt } from './adopt';
import { demolish } from './demolish';
import { describeMeta, limitsInForce, unknownInfo } from './describe';
import { diskTemplate } from './disk-image';
import { startHolder, writeEtcFiles } from './holder';
import { detectHost, type Host } from './host';
import { HostUids } from './host-uids';
import { startKeeper } from './keeper/keeper-client';
import { LocalSandbox } from './local.sandbox';
import { identify, identifySelf } from './proc';
import { SandboxCgroup } from './sandbox-cgroup';
import { readMeta, requireSandboxId, SandboxHome, writeMeta, type SandboxMeta } from './sandbox-folder';
import { sandboxLost } from './sandbox-errors';

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
  private readonly home: SandboxHome;
  private readonly uids: HostUids;
  private readonly bwrapPath: string;
  private prepared?: Promise<{ host: Host; etcDir: string }>;

  constructor(options: LocalSandboxProviderOptions) {
    this.home = new SandboxHome(options.home);
    this.bwrapPath = options.bwrapPath ?? 'bwrap';
    this.uids = new HostUids(options.uidDirectory ?? '/run/showrunner/sandbox-uids');
  }

  /** Looks at the host and lays out the home once; a failure is not remembered. */
  private prepare(): Promise<{ host: Host; etcDir: string }> {
    this.prepared ??= (async () => {
      const etcDir = join(this.home.path, '.etc');
      const [host] = await Promise.all([detectHost(this.bwrapPath), this.home.prepare()]);
      await mkdir(etcDir, { recursive: true, mode: 0o700 });
      await writeEtcFiles(etcDir);
      return { host, etcDir };
    })().catch((error: unknown) => {
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  /** @throws AppError `sandbox_start_failed`, EnvironmentError `sandbox_unavailable`, InvalidInputError `sandbox_id_invalid` */
  async create(options: CreateSandboxOptions): Promise<Sandbox> {
    requireSandboxId(options.id);
    const { host, etcDir } = await this.prepare();
    if (!(await this.home.claim(options.id))) {
      const existing = await adopt(this.home.folder(options.id));
      if (existing !== undefined) return this.handle(host, existing);
      await this.destroy(options.id);
      return this.create(options);
    }
    try {
      return await this.build(options, host, etcDir);
    } catch (error) {
      await this.destroy(options.id);
      throw error;
    }
  }

  private async build(options: CreateSandboxOptions, host: Host, etcDir: string): Promise<Sandbox> {
    const { id, limits } = options;
    const folder = this.home.folder(id);
    const cgroupKey = this.home.cgroupKey(id);
    const cgroup = new SandboxCgroup(host.cgroups, cgroupKey);
    const [outcomes, hostUid, template] = await Promise.all([
      cgroup.create(limits),
      host.root ? this.uids.claim(folder) : undefined,
      host.root ? diskTemplate(this.home.path, limits.diskBytes) : undefined,
    ]);
    const meta: SandboxMeta = {
      version: 1,
      id,
      status: 'creating',
      createdAt: new Date().toISOString(),
      labels: options.labels,
      requested: limits,
      limits: limitsInForce(limits, outcomes, host.root),
      cgroupKey,
      hostUid,
      creator: identifySelf(),
    };
    await writeMeta(folder, meta);
    const joins = cgroup.enter('holder');
    const started = await startHolder({
      id,
      folder,
      etcDir,
      host,
      limits,
      hostUid,
      diskTemplate: template,
      joins,
    });
    const [init, holder] = await Promise.all([identify(started.initPid), identify(started.holderPid)]);
    if (init === undefined) throw sandboxLost(id);
    const running: SandboxMeta = { ...meta, status: 'running', init, holder };
    await Promise.all([writeMeta(folder, running), startKeeper(folder, init, host.root)]);
    return this.handle(host, running);
  }

  private handle(host: Host, meta: SandboxMeta): LocalSandbox {
    return new LocalSandbox({
      meta,
      folder: this.home.folder(meta.id),
      root: host.root,
      cgroup: new SandboxCgroup(host.cgroups, meta.cgroupKey),
      destroy: () => this.destroy(meta.id),
    });
  }

  async get(id: string): Promise<Sandbox | undefined> {
    requireSandboxId(id);
    const { host } = await this.prepare();
    const meta = await readMeta(this.home.folder(id));
    return meta?.init === undefined ? undefined : this.handle(host, meta);
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
    const { host } = await this.prepare();
    const folder = await this.home.discard(id);
    if (folder !== undefined) await this.demolish(host, id, folder);
  }

  private demolish(host: Host, id: string, folder: string): Promise<void> {
    const cgroup = new SandboxCgroup(host.cgroups, this.home.cgroupKey(id));
    return demolish({ id, folder, cgroup, uids: this.uids });
  }

  /**
   * Destroys what nobody owns any more, and finishes what a destroyer could not.
   * @param isLive whether the owner of this sandbox still wants it
   * @param minAgeMs younger sandboxes are left alone: their owner may not have recorded them yet
   * @returns ids that were destroyed
   */
  async reap(isLive: (info: SandboxInfo) => Promise<boolean>, minAgeMs: number): Promise<string[]> {
    const { host } = await this.prepare();
    for (const { id, folder } of await this.home.discarded()) await this.demolish(host, id, folder);
    const destroyed: string[] = [];
    for (const info of await this.list()) {
      if (Date.now() - Date.parse(info.createdAt) < minAgeMs) continue;
      if (await isLive(info)) continue;
      await this.destroy(info.id);
      destroyed.push(info.id);
    }
    await this.uids.sweep();
    return destroyed;
  }
}
