import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { NetworkPolicy, Sandbox } from '@showrunner/sandbox';
import { BoxDaemon, type SessionCommand } from './box-daemon';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

/** Body of `POST /sandbox`, as far as the server reads it. */
export interface NewBox {
  name?: string;
  user?: string;
  env?: Record<string, string>;
  labels?: Record<string, string>;
  target?: string;
  cpu?: number;
  memory?: number;
  disk?: number;
  autoStopInterval?: number;
  autoArchiveInterval?: number;
  autoDeleteInterval?: number;
  networkBlockAll?: boolean;
  domainAllowList?: string;
  buildInfo?: { dockerfileContent: string };
}

/** What a box does about its own life in a test. */
export interface BoxTiming {
  /** From creation or start until `started`. */
  startMs: number;
  stopMs: number;
  /** States in which boxes stay for ever. */
  stuckIn: Set<string>;
  /** Boxes end in `error` instead of `started`. */
  failToStart: boolean;
  /** Only rows of a list: nothing runs in them. */
  hollow: boolean;
}

/** One box: a row of the control API, with a local sandbox behind it. */
export class LoopbackBox {
  readonly id = randomUUID();
  readonly createdAt = new Date().toISOString();
  readonly sessions = new Map<string, SessionCommand[]>();
  state = 'pending_build';
  desiredState = 'started';
  errorReason?: string;
  labels: Record<string, string>;
  autoStopInterval: number;
  networkBlockAll: boolean;
  domainAllowList?: string;
  previewToken = randomBytes(8).toString('hex');
  sandbox?: Sandbox;
  daemon?: BoxDaemon;
  private change: Promise<void> = Promise.resolve();

  constructor(
    readonly body: NewBox,
    private readonly local: SandboxProvider,
    private readonly timing: BoxTiming,
  ) {
    this.labels = { ...body.labels };
    this.autoStopInterval = body.autoStopInterval ?? 15;
    this.networkBlockAll = body.networkBlockAll ?? false;
    this.domainAllowList = body.domainAllowList;
  }

  get name(): string {
    return this.body.name ?? this.id;
  }

  get isChanging(): boolean {
    return this.state !== this.desiredState && this.state !== 'error';
  }

  /** Goes through a state on the way to another, unless it is one to stay in. */
  private move(through: string, to: string, ms: number, work: () => Promise<void>): void {
    this.state = through;
    this.desiredState = to;
    this.change = this.change.then(async () => {
      try {
        await delay(ms);
        if (this.timing.stuckIn.has(through) || this.desiredState !== to) return;
        await work();
        this.state = to;
      } catch (error) {
        this.state = 'error';
        this.errorReason = String(error);
      }
    });
  }

  begin(): void {
    this.move('creating', 'started', this.timing.startMs, async () => {
      if (this.timing.failToStart) throw new Error('the runner is out of disk');
      if (this.timing.hollow) return;
      const { cpu = 1, memory = 1, disk = 3, env } = this.body;
      this.sandbox = await this.local.create({
        id: `d-${this.id.slice(0, 18)}`,
        limits: {
          cpus: cpu,
          memoryBytes: memory * GIB,
          diskBytes: Math.min(disk * GIB, 256 * MIB),
          maxProcesses: 256,
        },
        labels: {},
      });
      await this.sandbox.setNetwork(this.policy());
      this.daemon = await BoxDaemon.start(this.sandbox, env ?? {});
    });
  }

  start(): void {
    const through = this.state === 'archived' ? 'restoring' : 'starting';
    this.move(through, 'started', this.timing.startMs, async () => {
      this.previewToken = randomBytes(8).toString('hex');
      await this.sandbox?.start();
      if (this.sandbox !== undefined) this.daemon = await BoxDaemon.start(this.sandbox, this.body.env ?? {});
    });
  }

  stop(force: boolean): void {
    if (force) this.timing.stuckIn.delete('stopping');
    this.move('stopping', 'stopped', this.timing.stopMs, async () => {
      await this.halt();
      await this.sandbox?.stop();
    });
  }

  archive(): void {
    this.move('archiving', 'archived', this.timing.stopMs, async () => this.sandbox?.archive());
  }

  destroy(): void {
    this.move('destroying', 'destroyed', 0, async () => {
      await this.halt();
      await this.sandbox?.destroy();
    });
  }

  /** As when its host fails: it is gone in one moment. */
  async die(): Promise<void> {
    this.state = 'destroyed';
    this.desiredState = 'destroyed';
    await this.sandbox?.destroy();
    await this.halt();
  }

  private async halt(): Promise<void> {
    await this.daemon?.stop();
    this.daemon = undefined;
    this.sessions.clear();
  }

  settled(): Promise<void> {
    return this.change;
  }

  async setNetwork(blockAll: boolean | undefined, domains: string | undefined): Promise<void> {
    if (domains !== undefined) this.domainAllowList = domains === '' ? undefined : domains;
    if (blockAll !== undefined) this.networkBlockAll = blockAll;
    if (this.state === 'started') await this.sandbox?.setNetwork(this.policy());
  }

  private policy(): NetworkPolicy {
    if (this.networkBlockAll) return { mode: 'none' };
    return { mode: 'allow', hosts: this.domainAllowList?.split(',') ?? ['*'] };
  }
}
