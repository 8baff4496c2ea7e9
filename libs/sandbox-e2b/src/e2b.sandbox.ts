import type { Duplex } from 'node:stream';
import {
  InvalidInputError,
  type NetworkPolicy,
  type SandboxInfo,
  type SandboxMetrics,
} from '@showrunner/contracts';
import {
  resultOf,
  ExecFiles,
  LISTENER_COMMAND,
  sortedListeners,
  SandboxHandle,
} from '@showrunner/sandbox/provider';
import type { EgressDecision, ExecOptions, ExecResult, PortRoute, Sandbox } from '@showrunner/sandbox';
import { limitsInForce, type BoxResources } from './box-limits';
import { BoxLink } from './box-link';
import type { BoxFacts } from './box-metadata';
import { COUNTERS_COMMAND, metricsOf, readCounters } from './box-metrics';
import { BoxLife } from './box-life';
import type { Box, E2bApi, OpenedBox } from './e2b-api';
import type { E2bConnection } from './e2b-connection';
import { sandboxLost, sandboxNotRunning } from './e2b-errors';
import { NamedProcesses } from './named-processes';
import { NetworkPhases } from './network-phases';
import { execRequest } from './supervisor/supervised';

/** Ports of E2B's own programs inside. */
const DAEMON_PORTS = new Set([49983]);
/** Its daemon forwards what listens on loopback from here, so that previews reach it. */
const FORWARD_ADDRESS = '169.254.0.21';
/** A command whose caller died is ended by its supervisor this much after its time limit. */
const SPARE_SECONDS = 10;
const COUNTERS_MS = 10_000;

export interface E2bSandboxParts {
  api: E2bApi;
  connection: E2bConnection;
  facts: BoxFacts;
  box: Box;
  /** What creating or starting it answered, where this process did that. */
  opened?: OpenedBox;
  backstopAt?: Date;
  destroy: () => Promise<void>;
}

/** A handle on one sandbox, which is one box of E2B. Several handles in several processes may be used at once. */
export class E2bSandbox extends SandboxHandle implements Sandbox {
  readonly provider = 'e2b' as const;
  readonly id: string;
  readonly files = new ExecFiles(this);
  readonly link: BoxLink;
  readonly network: NetworkPhases;
  protected readonly processes: NamedProcesses;
  private readonly life: BoxLife;
  private trafficToken?: string;

  constructor(private readonly parts: E2bSandboxParts) {
    super();
    const { api, connection, facts, box, opened } = parts;
    this.id = facts.id;
    this.trafficToken = opened?.trafficToken;
    this.link = new BoxLink(api, connection, facts.id, box.boxId, opened?.access);
    this.network = new NetworkPhases(api, facts.id, box.boxId, facts.network);
    this.processes = new NamedProcesses(this.link, facts.limits.maxProcesses);
    this.life = new BoxLife({
      api,
      connection,
      link: this.link,
      network: this.network,
      backstopAt: parts.backstopAt,
    });
  }

  async info(): Promise<SandboxInfo> {
    const detail = await this.parts.api.detail(this.link.boxId);
    return describeBox(this.parts.facts, detail ?? this.parts.box, detail === undefined);
  }

  async start(): Promise<void> {
    const opened = await this.life.start();
    if (opened !== undefined) this.trafficToken = opened.trafficToken;
  }

  async stop(): Promise<void> {
    await this.life.stop(() => this.endProcesses());
  }

  /** E2B has no colder storage: the same as `stop`, and `stopped` is what it then is. */
  archive(): Promise<void> {
    return this.stop();
  }

  destroy(): Promise<void> {
    return this.parts.destroy();
  }

  renew(backstopAt: Date): Promise<void> {
    return this.life.renew(backstopAt);
  }

  /** E2B keeps metadata as they were given at the creation. */
  async setLabels(labels: Record<string, string>): Promise<void> {
    const { labels: kept } = this.parts.facts;
    const same = Object.keys({ ...labels, ...kept }).every((name) => labels[name] === kept[name]);
    if (same) return;
    throw new InvalidInputError('sandbox_capability_missing', 'E2B cannot change the labels of a sandbox.', {
      remedy: 'Give the labels when the sandbox is created.',
    });
  }

  async metrics(): Promise<SandboxMetrics> {
    const { api } = this.parts;
    const [samples, detail] = await Promise.all([api.metrics(this.link.boxId), api.detail(this.link.boxId)]);
    if (samples === undefined || detail === undefined) throw sandboxLost(this.id);
    if (detail.state !== 'running') return metricsOf(samples);
    const { stdout } = await this.exec(COUNTERS_COMMAND, { cwd: '/', timeoutMs: COUNTERS_MS });
    const counters = readCounters(stdout);
    return metricsOf(samples, counters && { counters, startedAt: new Date(detail.startedAt) });
  }

  async exec(command: string | readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const { timeoutMs, stdin } = options;
    const request = execRequest(
      {
        argv: typeof command === 'string' ? ['/bin/sh', '-c', command] : command,
        cwd: options.cwd ?? '/app',
        env: options.env ?? {},
        maxProcesses: this.parts.facts.limits.maxProcesses,
        endsAfterSeconds: timeoutMs === undefined ? 0 : Math.ceil(timeoutMs / 1000) + SPARE_SECONDS,
        mark: this.link.newMark(),
      },
      stdin !== undefined,
    );
    return resultOf(await this.link.run(request, options), false);
  }

  private async endProcesses(): Promise<void> {
    for (const { name, running } of await this.listProcesses()) if (running) await this.killProcess(name);
  }

  async listeningPorts(): Promise<{ port: number; address: string }[]> {
    const { stdout } = await this.exec(LISTENER_COMMAND, { cwd: '/' });
    return sortedListeners([stdout]).filter(
      ({ port, address }) => !DAEMON_PORTS.has(port) && address !== FORWARD_ADDRESS,
    );
  }

  /** By E2B's host rule, or by its headers where all sandboxes are reached at one address. */
  async route(port: number): Promise<PortRoute> {
    const { connection, api } = this.parts;
    const detail = await api.detail(this.link.boxId);
    if (detail === undefined) throw sandboxLost(this.id);
    if (detail.state !== 'running') throw sandboxNotRunning(this.id);
    // E2B tells the token only to who creates or connects; connecting to a running box changes nothing but that it tells.
    this.trafficToken ??= (await this.life.connectRunning(detail)).trafficToken;
    const token: Record<string, string> =
      this.trafficToken === undefined ? {} : { 'e2b-traffic-access-token': this.trafficToken };
    const { sandboxUrl, scheme } = connection;
    const { boxId } = this.link;
    if (sandboxUrl !== undefined)
      return {
        kind: 'origin',
        url: new URL(sandboxUrl),
        headers: { ...token, 'e2b-sandbox-id': boxId, 'e2b-sandbox-port': String(port) },
      };
    const domain = detail.access.domain ?? connection.domain;
    return { kind: 'origin', url: new URL(`${scheme}://${port}-${boxId}.${domain}/`), headers: token };
  }

  async connect(): Promise<Duplex> {
    throw new InvalidInputError('sandbox_capability_missing', 'E2B offers no raw connections to a port.', {
      remedy: 'Use the route of the port, which serves HTTP and WebSockets.',
    });
  }

  async withNetwork<T>(
    policy: NetworkPolicy,
    fn: () => Promise<T>,
  ): Promise<{ value: T; decisions: EgressDecision[] }> {
    return { value: await this.network.during(policy, fn), decisions: [] };
  }

  setNetwork(policy: NetworkPolicy): Promise<void> {
    return this.network.set(policy);
  }

  /** E2B tells nobody what it let through. */
  async egressLog(): Promise<EgressDecision[]> {
    return [];
  }
}

export function describeBox(
  facts: BoxFacts,
  box: BoxResources & Pick<Box, 'state'>,
  destroyed = false,
): SandboxInfo {
  return {
    id: facts.id,
    provider: 'e2b',
    status: destroyed ? 'destroyed' : box.state === 'running' ? 'running' : 'stopped',
    createdAt: facts.createdAt,
    labels: facts.labels,
    limits: limitsInForce(facts.limits, box),
  };
}
