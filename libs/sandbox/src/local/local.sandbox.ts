import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { SandboxInfo } from '@showrunner/contracts';
import type {
  ExecOptions,
  ExecResult,
  NetworkPolicy,
  EgressDecision,
  ProcessStatus,
  Sandbox,
} from '../sandbox.types';
import { withEgress } from '../egress/with-egress';
import { PROXY_ENVIRONMENT } from '../egress/proxy-environment';
import { describeMeta } from './describe';
import { enterCommand } from './enter';
import { readSandboxFile, writeSandboxFile } from './files';
import { ask, reachKeeper, startKeeper } from './keeper/keeper-client';
import { sortedListeners, TABLE_COMMANDS, tablesOfProcess } from './listening-ports';
import { NamedProcesses } from './named-processes';
import { isAlive } from './proc';
import { openPort } from './open-port';
import { runCommand, type FinishedCommand } from './run-command';
import type { SandboxCgroup } from './sandbox-cgroup';
import { sandboxLost } from './sandbox-errors';
import { readMeta, type SandboxMeta } from './sandbox-folder';
import { killTreeWithoutGroups } from './kill-tree';

export interface LocalSandboxParts {
  meta: SandboxMeta;
  folder: string;
  root: boolean;
  cgroup: SandboxCgroup;
  destroy: () => Promise<void>;
}

const EGRESS_PORT = 3128;

/** A handle on one running local sandbox. Several handles in several processes may be used at once. */
export class LocalSandbox implements Sandbox {
  readonly id: string;
  private readonly processes: NamedProcesses;
  /** Phases of network of this handle that are open now. */
  private openPhases = 0;

  constructor(private readonly parts: LocalSandboxParts) {
    this.id = parts.meta.id;
    this.processes = new NamedProcesses({
      folder: parts.folder,
      cgroup: parts.cgroup,
      enter: (command, options, joins) => this.entered(command, options, joins),
      keeper: () => this.keeper('control.sock'),
    });
  }

  async info(): Promise<SandboxInfo> {
    const meta = await readMeta(this.parts.folder);
    return meta === undefined
      ? { ...(await describeMeta(this.parts.meta)), status: 'destroyed' }
      : describeMeta(meta);
  }

  /** @throws AppError `sandbox_lost`, `exec_aborted` */
  async exec(command: string | readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const outOfMemoryBefore = this.parts.cgroup.outOfMemoryKills();
    const done = await this.run(command, options);
    return {
      exitCode: done.exitCode,
      signal: done.signal,
      stdout: done.stdout.text(),
      stderr: done.stderr.text(),
      truncated: done.stdout.truncated || done.stderr.truncated,
      timedOut: done.timedOut,
      outOfMemory: this.parts.cgroup.outOfMemoryKills() > outOfMemoryBefore,
      durationMs: done.durationMs,
    };
  }

  /** Like `exec`, with the output as bytes. */
  private async run(command: string | readonly string[], options: ExecOptions): Promise<FinishedCommand> {
    await this.requireRunning();
    const { cgroup } = this.parts;
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
    }
  }

  private joinsOf(leaf: string): string[] {
    try {
      return this.parts.cgroup.enter(leaf);
    } catch {
      throw sandboxLost(this.id); // its groups are gone
    }
  }

  private entered(
    command: string | readonly string[],
    options: Pick<ExecOptions, 'cwd' | 'env'>,
    joins: string[],
  ): string[] {
    const proxy = this.openPhases > 0 ? PROXY_ENVIRONMENT : {};
    const { meta, root } = this.parts;
    return enterCommand(
      { initPid: meta.init?.pid ?? 0, root, maxProcesses: meta.requested.maxProcesses },
      { command, cwd: options.cwd ?? '/app', env: { ...proxy, ...options.env }, joins },
    );
  }

  private async requireRunning(): Promise<void> {
    if (!(await isAlive(this.parts.meta.init))) throw sandboxLost(this.id);
  }

  private async keeper(socket: 'control.sock' | 'network.sock' | 'in.sock') {
    await this.requireRunning();
    const { folder, root, meta } = this.parts;
    return reachKeeper(folder, socket, async () => {
      // The keeper before held the pipes of its processes; without it they can neither be told apart nor be heard.
      if (root || socket === 'control.sock') await this.processes.endLost();
      if (meta.init !== undefined) await startKeeper(folder, meta.init, root);
    });
  }

  startProcess(
    name: string,
    command: string,
    options?: Pick<ExecOptions, 'cwd' | 'env'>,
  ): Promise<ProcessStatus> {
    return this.processes.start(name, command, options);
  }

  processStatus(name: string): Promise<ProcessStatus | undefined> {
    return this.processes.status(name);
  }

  processLog(name: string, tailBytes?: number): Promise<string> {
    return this.processes.log(name, tailBytes);
  }

  killProcess(name: string): Promise<void> {
    return this.processes.kill(name);
  }

  writeFile(path: string, content: string | Uint8Array): Promise<void> {
    return writeSandboxFile((command, options) => this.run(command, options), path, content);
  }

  readFile(path: string, maxBytes?: number): Promise<Buffer> {
    return readSandboxFile((command, options) => this.run(command, options), path, maxBytes);
  }

  async listeningPorts(): Promise<{ port: number; address: string }[]> {
    await this.requireRunning();
    const tables = this.parts.root
      ? await tablesOfProcess(this.parts.meta.init?.pid ?? 0)
      : await Promise.all(TABLE_COMMANDS.map(async (command) => (await this.exec(command)).stdout));
    const ports = sortedListeners(tables);
    return this.openPhases > 0 ? ports.filter(({ port }) => port !== EGRESS_PORT) : ports;
  }

  async withNetwork<T>(
    policy: NetworkPolicy,
    fn: () => Promise<T>,
  ): Promise<{ value: T; decisions: EgressDecision[] }> {
    if (policy.mode === 'none') return { value: await fn(), decisions: [] };
    return withEgress(this.parts.folder, policy, async () => {
      const bridge = await this.keeper('network.sock');
      try {
        await ask(bridge, { op: 'egress' });
        this.openPhases++;
        try {
          return await fn();
        } finally {
          this.openPhases--;
          // Waited for, so that the next phase finds the port free.
          // A keeper that is gone has closed it.
          await ask(bridge, { op: 'egress-end' }).catch(() => undefined);
        }
      } finally {
        bridge.destroy();
      }
    });
  }

  async connect(port: number): Promise<Duplex> {
    return openPort(await this.keeper('in.sock'), port);
  }

  destroy(): Promise<void> {
    return this.parts.destroy();
  }
}
