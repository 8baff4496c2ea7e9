import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, type Duplex } from 'node:stream';
import { AppError, type NetworkPolicy } from '@showrunner/contracts';
import { EgressServer, readEgressLog, PROXY_ENVIRONMENT, readTraffic } from '@showrunner/egress';
import type { AllowPolicy, EgressDecision } from '@showrunner/sandbox';
import type { ContainerCommands } from '../commands/container-commands';
import { connectPlainly } from '../tunnel/plain-connection';
import { Tunnel } from '../tunnel/tunnel';

export const EGRESS_PORT = 3128;
const LOOK_MS = 500;
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
/** Images bring their own certificates; paths of others would hide those. */
const ENVIRONMENT = Object.fromEntries(
  Object.entries(PROXY_ENVIRONMENT).filter(([, value]) => value !== CERTIFICATES),
);

interface Opened {
  server: EgressServer;
  socketPath: string;
  folder: string;
}

/**
 * The ways in and out of one sandbox as far as this process serves them. The container has no network; a bridge inside carries
 * connections to the egress proxy of this process, which knows the sandbox by the tunnel that they come through.
 */
export class SandboxNetwork {
  private tunnel?: Promise<Tunnel>;
  /** The image has nothing that a bridge could run on. */
  private hasNoBridge = false;
  private phase?: Opened;
  private live?: Opened;
  private livePolicy = '';
  private watching?: NodeJS.Timeout;

  constructor(
    private readonly commands: ContainerCommands,
    /** Folder for logs and counters, made when needed. */
    private readonly folder: string,
    private readonly storedPolicy: () => Promise<NetworkPolicy>,
  ) {}

  async connect(port: number): Promise<Duplex> {
    if (this.hasNoBridge) return connectPlainly(this.commands, port);
    try {
      return await (await this.reach()).connect(port);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'sandbox_capability_missing') throw error;
      const stream = await connectPlainly(this.commands, port);
      this.hasNoBridge = true;
      return stream;
    }
  }

  private async reach(): Promise<Tunnel> {
    const existing = await this.tunnel?.catch(() => undefined);
    if (existing !== undefined && !existing.closed) return existing;
    const opening = Tunnel.open(this.commands);
    this.tunnel = opening;
    const tunnel = await opening;
    tunnel.onOutward = (stream) => void this.carryOut(stream);
    return tunnel;
  }

  private async carryOut(stream: Duplex): Promise<void> {
    // Another process may have changed the policy a moment ago.
    if (this.phase === undefined) await this.look();
    const to = this.phase ?? this.live;
    if (to === undefined) return void stream.destroy();
    const proxy = connect({ path: to.socketPath, allowHalfOpen: true });
    pipeline(stream, proxy, () => undefined);
    pipeline(proxy, stream, () => undefined);
  }

  /** @throws AppError `network_phase_open` when another caller has opened it */
  async withPhase<T>(
    policy: AllowPolicy,
    fn: () => Promise<T>,
  ): Promise<{ value: T; decisions: EgressDecision[] }> {
    if (this.phase !== undefined) throw phaseOpen();
    const phase = await this.open('phase', policy);
    if (this.phase !== undefined) {
      await this.shut(phase);
      throw phaseOpen();
    }
    this.phase = phase;
    try {
      const tunnel = await this.reach();
      if (!(await tunnel.listen(EGRESS_PORT))) throw phaseOpen();
      const value = await fn();
      return { value, decisions: phase.server.decisions };
    } finally {
      this.phase = undefined;
      await this.shut(phase);
      if (this.live === undefined) await this.unlisten();
    }
  }

  private async unlisten(): Promise<void> {
    // A tunnel that is gone has closed the port.
    const tunnel = await this.tunnel?.catch(() => undefined);
    await tunnel?.unlisten();
  }

  /** Serves the policy outside phases from now on; what flows and would no longer pass is cut. */
  async setLive(policy: NetworkPolicy): Promise<void> {
    const text = JSON.stringify(policy);
    if (policy.mode === 'none') {
      const { live } = this;
      this.live = undefined;
      this.livePolicy = text;
      clearInterval(this.watching);
      if (live === undefined) return;
      await this.shut(live);
      if (this.phase === undefined) await this.unlisten();
      return;
    }
    if (this.live === undefined) this.live = await this.open('live', policy);
    else if (text !== this.livePolicy) this.live.server.setPolicy(policy);
    this.livePolicy = text;
    // A port that is taken is served by another process of this platform, which looks at the same policy.
    await (await this.reach()).listen(EGRESS_PORT);
    clearInterval(this.watching);
    this.watching = setInterval(() => void this.look(), LOOK_MS).unref();
  }

  /** Another process may have changed the policy, or the tunnel may have broken with its engine. */
  private async look(): Promise<void> {
    try {
      await this.ensureLive();
    } catch {
      // The sandbox or its engine is gone; whoever uses it next is told.
      this.live?.server.setPolicy({ mode: 'allow', hosts: [] });
      this.livePolicy = '';
    }
  }

  /** Serves what is stored. */
  async ensureLive(): Promise<void> {
    const policy = await this.storedPolicy();
    const tunnel = await this.tunnel?.catch(() => undefined);
    const served = policy.mode === 'none' ? this.live === undefined : tunnel?.closed === false;
    if (!served || JSON.stringify(policy) !== this.livePolicy) await this.setLive(policy);
  }

  /** Variables that lead programs to the proxy while there is one. */
  environment(): Record<string, string> {
    return this.phase === undefined && this.live === undefined ? {} : ENVIRONMENT;
  }

  get serving(): boolean {
    return this.phase !== undefined || this.live !== undefined;
  }

  log(): EgressDecision[] {
    const all = ['phase', 'live'].flatMap((kind) => readEgressLog(join(this.folder, kind)));
    return all.sort((one, other) => one.at.localeCompare(other.at));
  }

  traffic(): { received: number; sent: number } {
    const [phase, live] = ['phase', 'live'].map((kind) => readTraffic(join(this.folder, kind)));
    return {
      received: (phase?.received ?? 0) + (live?.received ?? 0),
      sent: (phase?.sent ?? 0) + (live?.sent ?? 0),
    };
  }

  private async open(kind: 'phase' | 'live', policy: AllowPolicy): Promise<Opened> {
    const records = join(this.folder, kind);
    await mkdir(records, { recursive: true, mode: 0o700 });
    const server = new EgressServer(policy, records);
    // Short: the path of a socket has 107 bytes at most.
    const folder = await mkdtemp(join(tmpdir(), 'egress-'));
    const socketPath = join(folder, 's');
    await server.listen(socketPath);
    return { server, socketPath, folder };
  }

  private async shut({ server, folder }: Opened): Promise<void> {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    clearInterval(this.watching);
    for (const opened of [this.phase, this.live]) if (opened !== undefined) await this.shut(opened);
    this.phase = this.live = undefined;
    (await this.tunnel?.catch(() => undefined))?.close();
    this.tunnel = undefined;
  }
}

function phaseOpen(): AppError {
  return new AppError('network_phase_open', 'Another caller has opened the network of this sandbox.', {
    retryable: true,
  });
}
