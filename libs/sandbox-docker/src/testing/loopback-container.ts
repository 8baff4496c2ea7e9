import { PassThrough } from 'node:stream';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { Sandbox } from '@showrunner/sandbox';
import type { ContainerConfig, ImageDetails } from '../engine/engine.types';
import { encodeFrame, FrameReader } from '../tunnel/frames';
import { AGENT } from './agent.text';

export interface LoopbackImage {
  id: string;
  tags: string[];
  labels: Record<string, string>;
  env: string[];
  /** How it is run, as the engine tells it. */
  run: Pick<ImageDetails['Config'], 'Cmd' | 'Entrypoint' | 'WorkingDir' | 'ExposedPorts'>;
  os: string;
  hasShell: boolean;
  created: number;
  /** Tars of what the image keeps in the folders that become volumes, by path. */
  folders: Map<string, Buffer>;
}

export interface LoopbackVolume {
  name: string;
  labels: Record<string, string>;
  createdAt: string;
  /** A tar as the engine would copy it out (with the folder itself); undefined while nothing was put in it. */
  content?: Buffer;
}

export interface LoopbackExec {
  id: string;
  running: boolean;
  exitCode: number | null;
  onOutput?: (stream: 1 | 2, chunk: Buffer) => void;
  onClose?: () => void;
}

type Status = 'created' | 'running' | 'exited';
const PARENTS: Record<string, string> = { '/app': '/', '/home/app': '/home' };

/** One container: a local sandbox while it runs, tars of its volumes while it does not. */
export class LoopbackContainer {
  status: Status = 'created';
  exitCode = 0;
  /** How long after its end an exec is said to run. */
  lateMs = 15;
  outOfMemory = false;
  readonly created = new Date();
  private sandbox?: Sandbox;
  private input?: PassThrough;
  private agentEnd: Promise<unknown> = Promise.resolve();
  private readonly execs = new Map<number, LoopbackExec>();
  private next = 1;
  private oomSeen = 0;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly config: ContainerConfig,
    private readonly image: LoopbackImage,
    private readonly volumes: Map<string, LoopbackVolume>,
    private readonly local: SandboxProvider,
    private readonly onOom: () => void,
  ) {}

  async start(): Promise<void> {
    const { Memory, NanoCpus, PidsLimit } = this.config.HostConfig;
    const limits = {
      cpus: NanoCpus / 1e9,
      memoryBytes: Memory,
      diskBytes: 256 * 1024 ** 2,
      maxProcesses: PidsLimit,
    };
    const sandbox = await this.local.create({ id: `c-${this.id.slice(0, 20)}`, limits, labels: {} });
    this.sandbox = sandbox;
    for (const { Source, Target } of this.config.HostConfig.Mounts) {
      const content = this.volumes.get(Source)?.content ?? this.image.folders.get(Target);
      if (content === undefined) continue;
      await sandbox.exec(['tar', '-xpf', '-', '-C', PARENTS[Target] ?? '/'], { cwd: '/', stdin: content });
    }
    const input = new PassThrough();
    this.input = input;
    const reader = new FrameReader();
    const ready = new Promise<void>((resolve) => {
      this.agentEnd = sandbox
        .exec(['node', '-e', AGENT], {
          cwd: '/',
          stdin: input,
          maxOutputBytes: 4096,
          onOutput: (stream, chunk) => {
            if (stream !== 'stdout') return;
            for (const { kind, stream: number, payload } of reader.push(chunk)) {
              if (number === 0) resolve();
              else this.take(kind, number, payload);
            }
          },
        })
        .catch(() => undefined);
    });
    await ready;
    void this.agentEnd.then(() => this.died(input));
    this.status = 'running';
  }

  /** The agent stands for process 1: without it the container is dead. */
  private async died(input: PassThrough): Promise<void> {
    if (this.input !== input) return;
    await this.end(137);
  }

  private async end(exitCode: number): Promise<void> {
    const { sandbox, input } = this;
    if (sandbox === undefined) return;
    this.sandbox = this.input = undefined;
    this.status = 'exited';
    this.exitCode = exitCode;
    input?.end();
    for (const { Source, Target } of this.config.HostConfig.Mounts) {
      const volume = this.volumes.get(Source);
      if (volume !== undefined) volume.content = await this.copy(sandbox, Target).catch(() => volume.content);
    }
    await sandbox.destroy();
    for (const exec of this.execs.values()) {
      if (exec.running) exec.exitCode = 137;
      exec.running = false;
      exec.onClose?.();
    }
    this.execs.clear();
  }

  async stop(exitCode = 143): Promise<void> {
    const { input } = this;
    if (input === undefined) return;
    this.input = undefined;
    input.end();
    await this.agentEnd;
    await this.end(exitCode);
  }

  /** As by a fault of its host. */
  async kill(): Promise<void> {
    await this.stop(137);
  }

  private async copy(sandbox: Sandbox, path: string): Promise<Buffer> {
    const chunks: Buffer[] = [];
    const parent = PARENTS[path] ?? '/';
    const done = await sandbox.exec(
      ['tar', '-cf', '-', '-C', parent, path.slice(path.lastIndexOf('/') + 1)],
      {
        cwd: '/',
        maxOutputBytes: 1024,
        onOutput: (stream, chunk) => void (stream === 'stdout' && chunks.push(Buffer.from(chunk))),
      },
    );
    if (done.exitCode !== 0) throw new Error(`tar ended with ${done.exitCode}: ${done.stderr}`);
    return Buffer.concat(chunks);
  }

  async archive(path: string): Promise<Buffer | undefined> {
    if (this.sandbox !== undefined) return this.copy(this.sandbox, path);
    const mount = this.config.HostConfig.Mounts.find(({ Target }) => Target === path);
    return mount === undefined ? undefined : this.volumes.get(mount.Source)?.content;
  }

  /** @returns how to feed it */
  exec(exec: LoopbackExec, argv: string[], env: string[], stdin: boolean): LoopbackExecInput {
    const number = this.next++;
    this.execs.set(number, exec);
    exec.running = true;
    const pairs = [...this.image.env, ...this.config.Env, ...env].map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    });
    const payload = Buffer.from(JSON.stringify({ argv, env: Object.fromEntries(pairs), cwd: '/', stdin }));
    this.input?.write(encodeFrame(1, number, payload));
    return {
      write: (chunk) => {
        for (let at = 0; at < chunk.length; at += 65_536)
          this.input?.write(encodeFrame(2, number, chunk.subarray(at, at + 65_536)));
      },
      end: () => this.input?.write(encodeFrame(3, number)),
      pause: () => this.input?.write(encodeFrame(8, number)),
      resume: () => this.input?.write(encodeFrame(9, number)),
    };
  }

  private take(kind: number, number: number, payload: Buffer): void {
    const exec = this.execs.get(number);
    if (exec === undefined) return;
    if (kind === 4 || kind === 5) exec.onOutput?.(kind === 4 ? 1 : 2, payload);
    if (kind === 6) {
      exec.exitCode = (JSON.parse(payload.toString()) as { code: number }).code;
      this.lookForOom();
      // The engine is late with it, as engines are.
      if (this.lateMs === 0) exec.running = false;
      else setTimeout(() => (exec.running = false), this.lateMs);
    }
    if (kind === 7) {
      this.execs.delete(number);
      exec.onClose?.();
    }
  }

  private lookForOom(): void {
    const { cgroup } = this.sandbox as unknown as { cgroup?: { outOfMemoryKills(): number } };
    const kills = cgroup?.outOfMemoryKills() ?? 0;
    if (kills > this.oomSeen) this.onOom();
    this.oomSeen = kills;
  }

  async usage() {
    return this.sandbox?.metrics();
  }

  get inside(): Sandbox | undefined {
    return this.sandbox;
  }
}

export interface LoopbackExecInput {
  write(chunk: Buffer): void;
  end(): void;
  pause(): void;
  resume(): void;
}
