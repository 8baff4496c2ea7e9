import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { SandboxInfo, SandboxMetrics } from '@showrunner/contracts';
import { readEgressLog, PROXY_ENVIRONMENT } from '@showrunner/egress';
import {
  sortedListeners,
  resultOf,
  type FinishedCommand,
  ExecFiles,
  SandboxHandle,
} from '@showrunner/sandbox/provider';
import type {
  EgressDecision,
  ExecOptions,
  ExecResult,
  NetworkPolicy,
  PortRoute,
  Sandbox,
} from '@showrunner/sandbox';
import { describeMeta } from './describe';
import { enterCommand } from './enter';
import { proxyFolder } from './egress-proxy/live-network';
import { ask } from './shim/shim-client';
import { reachShimOf } from './shim/sandbox-shim';
import { killTreeWithoutGroups } from './kill-tree';
import type { Lifecycle } from './lifecycle';
import { TABLE_COMMANDS, tablesOfProcess } from './listening-ports';
import { NamedProcesses } from './named-processes';
import { openPort } from './open-port';
import { withPhaseNetwork } from './phase-network';
import { isAlive } from './proc';
import { runCommand } from './run-command';
import type { ControlGroup } from '@showrunner/control-groups';
import { sandboxLost, sandboxNotRunning } from './sandbox-errors';
import { readMeta, type SandboxMeta } from './sandbox-folder';
import { sandboxGroups, type HostContext } from './host-context';
import { metricsOf } from './usage';

export interface LocalSandboxParts {
  meta: SandboxMeta;
  context: HostContext;
  lifecycle: Lifecycle;
  destroy: () => Promise<void>;
}

/** Commands often come one after the other. */
const BURST_MS = 40;
/** Shorter than a sandbox takes to stop or go. */
const FRESH_MS = 5;
const EGRESS_PORT = 3128;
/** The latest decisions that `egressLog` answers. */
const LOG_LENGTH = 10_000;

/** A handle on one local sandbox. Several handles in several processes may be used at once. */
export class LocalSandbox extends SandboxHandle implements Sandbox {
  readonly id: string;
  readonly provider = 'local' as const;
  readonly files = new ExecFiles(this);
  private readonly folder: string;
  private readonly cgroup: ControlGroup;
  protected readonly processes: NamedProcesses;
  /** Facts as they were last read. */
  private meta: SandboxMeta;
  /** Until when they, as `get` has just read them, need not be read again: a command commonly follows at once. */
  private freshUntil = performance.now() + FRESH_MS;
  /** Phases with a way out of this handle that are open now. */
  private openPhases = 0;

  constructor(private readonly parts: LocalSandboxParts) {
    super();
    this.id = parts.meta.id;
    this.meta = parts.meta;
    this.folder = parts.context.home.folder(this.id);
    this.cgroup = sandboxGroups(parts.context, this.id);
    this.processes = new NamedProcesses({
      folder: this.folder,
      cgroup: this.cgroup,
      enter: (command, options, joins) => this.entered(command, options, joins),
      shim: () => this.shim('control.sock'),
    });
  }

  private get root(): boolean {
    return this.parts.context.host.root;
  }

  /** The facts now; undefined when the sandbox is destroyed, even when another was made under its id. */
  private async facts(): Promise<SandboxMeta | undefined> {
    const meta = await readMeta(this.folder);
    return meta?.createdAt === this.meta.createdAt ? meta : undefined;
  }

  async info(): Promise<SandboxInfo> {
    const meta = await this.facts();
    return meta === undefined
      ? { ...(await describeMeta(this.meta)), status: 'destroyed' }
      : describeMeta(meta);
  }

  start(): Promise<void> {
    this.freshUntil = 0;
    return this.parts.lifecycle.start();
  }

  stop(): Promise<void> {
    this.freshUntil = 0;
    return this.parts.lifecycle.stop();
  }

  archive(): Promise<void> {
    this.freshUntil = 0;
    return this.parts.lifecycle.archive();
  }

  destroy(): Promise<void> {
    return this.parts.destroy();
  }

  /** The host has no timer of its own for a sandbox. */
  async renew(): Promise<void> {
    return undefined;
  }

  setLabels(labels: Record<string, string>): Promise<void> {
    return this.parts.lifecycle.change((meta) => ({ ...meta, labels }));
  }

  async metrics(): Promise<SandboxMetrics> {
    const meta = await this.facts();
    if (meta === undefined) throw sandboxLost(this.id);
    return metricsOf(this.parts.context, meta);
  }

  /** @throws AppError `sandbox_lost`, `sandbox_not_running` */
  private async requireRunning(): Promise<void> {
    const meta = performance.now() < this.freshUntil ? this.meta : await this.facts();
    this.freshUntil = 0;
    if (meta === undefined) throw sandboxLost(this.id);
    if (meta.status === 'stopped' || meta.status === 'archived')
      throw sandboxNotRunning(this.id, meta.status);
    if (!(await isAlive(meta.init))) throw sandboxLost(this.id);
    this.meta = meta;
  }

  /** @throws AppError `sandbox_lost`, `sandbox_not_running`, `exec_aborted` */
  async exec(command: string | readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const outOfMemoryBefore = this.cgroup.outOfMemoryKills();
    const done = await this.run(command, options);
    return resultOf(done, this.cgroup.outOfMemoryKills() > outOfMemoryBefore);
  }

  /** Like `exec`, with the output as bytes. */
  private async run(command: string | readonly string[], options: ExecOptions): Promise<FinishedCommand> {
    this.parts.context.warmUp.expect(BURST_MS);
    await this.requireRunning();
    const { cgroup } = this;
    const token = `exec-${randomBytes(6).toString('hex')}`;
    const joins = this.joinsOf(token);
    const argv = this.entered(command, { ...options, env: { ...options.env, SANDBOX_EXEC: token } }, joins);
    const kill =
      cgroup.leafGroup(token) === undefined
        ? () => killTreeWithoutGroups(`SANDBOX_EXEC=${token}`)
        : async () => void (await cgroup.killLeaf(token));
    try {
      return await runCommand(argv, options, kill);
    } finally {
      await cgroup.removeLeaf(token);
      this.parts.context.warmUp.expect(BURST_MS);
    }
  }

  private joinsOf(leaf: string): string[] {
    try {
      return this.cgroup.enter(leaf);
    } catch {
      throw sandboxLost(this.id); // its groups are gone
    }
  }

  private get hasWayOut(): boolean {
    return this.openPhases > 0 || this.meta.network?.mode === 'allow';
  }

  private entered(
    command: string | readonly string[],
    options: Pick<ExecOptions, 'cwd' | 'env'>,
    joins: string[],
  ): string[] {
    const { init, requested, environment } = this.meta;
    const proxy = this.hasWayOut ? PROXY_ENVIRONMENT : {};
    return enterCommand(
      { initPid: init?.pid ?? 0, root: this.root, maxProcesses: requested.maxProcesses },
      { command, cwd: options.cwd ?? '/app', env: { ...environment, ...proxy, ...options.env }, joins },
    );
  }

  private async shim(socket: 'control.sock' | 'network.sock' | 'in.sock') {
    await this.requireRunning();
    const { folder, root, cgroup, meta } = this;
    return reachShimOf({ folder, root, cgroup, meta }, socket);
  }

  async listeningPorts(): Promise<{ port: number; address: string }[]> {
    await this.requireRunning();
    const tables = this.root
      ? await tablesOfProcess(this.meta.init?.pid ?? 0)
      : await Promise.all(TABLE_COMMANDS.map(async (command) => (await this.exec(command)).stdout));
    const ports = sortedListeners(tables);
    return this.hasWayOut ? ports.filter(({ port }) => port !== EGRESS_PORT) : ports;
  }

  async route(port: number): Promise<PortRoute> {
    return { kind: 'stream', connect: () => this.connect(port) };
  }

  async connect(port: number): Promise<Duplex> {
    return openPort(await this.shim('in.sock'), port);
  }

  async withNetwork<T>(
    policy: NetworkPolicy,
    fn: () => Promise<T>,
  ): Promise<{ value: T; decisions: EgressDecision[] }> {
    await this.requireRunning();
    if (policy.mode === 'allow') return withPhaseNetwork(this.folder, policy, () => this.inPhase(true, fn));
    // Without a policy outside phases there is nothing that such a phase would have to shut.
    const shut = this.meta.network?.mode === 'allow';
    return { value: shut ? await this.inPhase(false, fn) : await fn(), decisions: [] };
  }

  private async inPhase<T>(open: boolean, fn: () => Promise<T>): Promise<T> {
    const shim = await this.shim('network.sock');
    try {
      await ask(shim, { op: 'phase', open });
      if (open) this.openPhases++;
      try {
        return await fn();
      } finally {
        if (open) this.openPhases--;
        // Waited for, so that the next phase finds the port free. A shim that is gone has closed it.
        await ask(shim, { op: 'phase-end' }).catch(() => undefined);
      }
    } finally {
      shim.destroy();
    }
  }

  /** @throws InvalidInputError `network_host_invalid` */
  setNetwork(policy: NetworkPolicy): Promise<void> {
    return this.parts.lifecycle.setNetwork(policy);
  }

  async egressLog(): Promise<EgressDecision[]> {
    if ((await this.facts()) === undefined) throw sandboxLost(this.id);
    const all = [this.folder, proxyFolder(this.folder)].flatMap((folder) => readEgressLog(folder));
    return all.sort((one, other) => one.at.localeCompare(other.at)).slice(-LOG_LENGTH);
  }
}
