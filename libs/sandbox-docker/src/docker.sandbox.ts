import type { Duplex } from 'node:stream';
import type { SandboxInfo, SandboxMetrics } from '@showrunner/contracts';
import { resultOf, ExecFiles, sortedListeners, SandboxHandle } from '@showrunner/sandbox/provider';
import type {
  EgressDecision,
  ExecOptions,
  ExecResult,
  NetworkPolicy,
  PortRoute,
  ProcessStatus,
  Sandbox,
} from '@showrunner/sandbox';
import { dockerMetrics } from './docker-metrics';
import type { DockerSandboxParts } from './docker-sandbox-parts';
import { EGRESS_PORT } from './network/sandbox-network';
import { DockerProcesses } from './processes/docker-processes';

const LISTENERS = ['/bin/sh', '-c', 'cat /proc/net/tcp /proc/net/tcp6 2>/dev/null'];

/** A handle on one container. Several handles in several processes may be used at once. */
export class DockerSandbox extends SandboxHandle implements Sandbox {
  readonly id: string;
  readonly provider = 'docker' as const;
  readonly files = new ExecFiles(this);
  protected readonly processes: DockerProcesses;

  constructor(private readonly parts: DockerSandboxParts) {
    super();
    this.id = parts.id;
    this.processes = new DockerProcesses(parts.commands);
  }

  info(): Promise<SandboxInfo> {
    return this.parts.lifecycle.info(this.id);
  }

  start(): Promise<void> {
    return this.parts.lifecycle.start(this.id);
  }

  stop(): Promise<void> {
    return this.parts.lifecycle.stop(this.id);
  }

  archive(): Promise<void> {
    return this.parts.lifecycle.archive(this.id);
  }

  destroy(): Promise<void> {
    return this.parts.lifecycle.destroy(this.id);
  }

  /** The engine has no timer of its own. */
  async renew(): Promise<void> {}

  setLabels(labels: Record<string, string>): Promise<void> {
    return this.parts.lifecycle.setLabels(this.id, labels);
  }

  metrics(): Promise<SandboxMetrics> {
    return dockerMetrics(this.parts);
  }

  async exec(command: string | readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const done = await this.parts.commands.run(command, await this.withEnvironment(options));
    return resultOf(done, done.outOfMemory);
  }

  private async withEnvironment<Options extends { env?: Record<string, string> }>(
    options: Options,
  ): Promise<Options> {
    const env = { ...this.parts.network().environment(), ...options.env };
    return Object.keys(env).length === 0 ? options : { ...options, env };
  }

  override async startProcess(
    name: string,
    command: string,
    options: Pick<ExecOptions, 'cwd' | 'env'> = {},
  ): Promise<ProcessStatus> {
    return super.startProcess(name, command, await this.withEnvironment(options));
  }

  async listeningPorts(): Promise<{ port: number; address: string }[]> {
    const { stdout } = await this.exec(LISTENERS, { cwd: '/' });
    const ports = sortedListeners([stdout]);
    return this.parts.network().serving ? ports.filter(({ port }) => port !== EGRESS_PORT) : ports;
  }

  async route(port: number): Promise<PortRoute> {
    return { kind: 'stream', connect: () => this.connect(port) };
  }

  connect(port: number): Promise<Duplex> {
    return this.parts.network().connect(port);
  }

  async withNetwork<T>(
    policy: NetworkPolicy,
    fn: () => Promise<T>,
  ): Promise<{ value: T; decisions: EgressDecision[] }> {
    return this.parts.network().withPhase(policy.mode === 'none' ? { mode: 'allow', hosts: [] } : policy, fn);
  }

  setNetwork(policy: NetworkPolicy): Promise<void> {
    return this.parts.lifecycle.setNetwork(this.id, policy);
  }

  async egressLog(): Promise<EgressDecision[]> {
    return this.parts.network().log();
  }
}
