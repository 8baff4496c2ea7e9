import { randomBytes } from 'node:crypto';
import type { NetworkPolicy } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import type { EgressRules } from '../network-rules';
import { ProcessTable } from './process-table';

export interface LoopbackTemplate {
  cpuCount: number;
  memoryMB: number;
  diskSizeMB: number;
}

export interface LoopbackBoxOptions {
  template: string;
  resources: LoopbackTemplate;
  metadata: Record<string, string>;
  envVars: Record<string, string>;
  network: EgressRules & { allowPublicTraffic?: boolean };
  autoPause: boolean;
  secure: boolean;
}

/** One box: what the control API tells of it, and the local sandbox in which its commands run. */
export class LoopbackBox {
  readonly id: string;
  readonly token?: string;
  readonly trafficToken?: string;
  readonly processes: ProcessTable;
  startedAt = new Date();
  endAt = new Date();
  state: 'running' | 'paused' = 'running';
  network: LoopbackBoxOptions['network'];
  /** The machine still answers nothing, although the control API thinks well of it. */
  mute = false;
  private timer?: NodeJS.Timeout;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly local: Sandbox,
    readonly options: LoopbackBoxOptions,
  ) {
    this.id = local.id;
    this.network = options.network;
    if (options.secure) this.token = randomBytes(16).toString('hex');
    if (options.network.allowPublicTraffic === false) this.trafficToken = randomBytes(16).toString('hex');
    this.processes = new ProcessTable(local, options.envVars);
  }

  /** One change of its state after the other. */
  inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(change);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  setEnd(seconds: number, onEnd: () => void): void {
    clearTimeout(this.timer);
    this.endAt = new Date(Date.now() + seconds * 1000);
    this.timer = setTimeout(onEnd, seconds * 1000);
    this.timer.unref();
  }

  clearEnd(): void {
    clearTimeout(this.timer);
  }
}

/** E2B's rules as the local sandbox can enforce them. @param reachable names that lead to listeners of the test: name to `host:port` */
export function policyOf(rules: EgressRules, reachable: Record<string, string>): NetworkPolicy {
  const closed = rules.denyOut?.includes('0.0.0.0/0') ?? false;
  if (!closed) return { mode: 'allow', hosts: ['*'] };
  const hosts = (rules.allowOut ?? []).map((host) => reachable[host] ?? host);
  if (hosts.length === 0) return { mode: 'none' };
  return { mode: 'allow', hosts, privateHosts: Object.values(reachable) };
}
