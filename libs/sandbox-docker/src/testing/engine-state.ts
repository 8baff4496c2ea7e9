import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { ContainerConfig, EngineInfo, ExecConfig } from '../engine/engine.types';
import { buildLoopbackImage } from './loopback-build';
import {
  LoopbackContainer,
  type LoopbackExec,
  type LoopbackImage,
  type LoopbackVolume,
} from './loopback-container';
import { FULL_IMAGE, image, NO_SHELL_IMAGE } from './loopback-image';
import { Refusal } from './refusal';

export interface Call {
  handler: string;
  parameter: string;
  query: Record<string, string>;
  body: never;
  tar?: Buffer;
}

export interface Reply {
  status: number;
  body?: unknown;
  lines?: AsyncIterable<object> | object[];
}

interface StoredExec extends LoopbackExec {
  container: LoopbackContainer;
  config: ExecConfig;
  started: boolean;
}

const newId = () => randomBytes(32).toString('hex');

/** Containers, volumes, images and execs of the loopback engine, and what its calls do with them. */
export class EngineState {
  readonly containers = new Map<string, LoopbackContainer>();
  readonly volumes = new Map<string, LoopbackVolume>();
  readonly images: LoopbackImage[] = [image(FULL_IMAGE), image(NO_SHELL_IMAGE, { hasShell: false })];
  /** What can be pulled, or the words in which that fails. */
  readonly registry = new Map<string, LoopbackImage | string>();
  /** Whether volumes may be given a size. */
  diskQuota = false;
  info: Partial<EngineInfo> = {};
  private readonly execs = new Map<string, StoredExec>();
  private readonly oomEvents: { at: number; id: string; name: string }[] = [];
  /** Names of containers that are being removed or made. */
  private readonly claimed = new Set<string>();

  constructor(readonly local: SandboxProvider) {}

  async handle(call: Call): Promise<Reply> {
    const handler = this.handlers[call.handler];
    if (handler === undefined) throw new Refusal(404, 'page not found');
    const result = await handler(call);
    if (typeof result === 'number') return { status: result };
    return result as Reply;
  }

  private readonly handlers: Record<string, (call: Call) => Reply | number | Promise<Reply | number>> = {
    info: () => ({ status: 200, body: this.describe() }),
    events: ({ query }) => ({ status: 200, lines: [...this.events(query)] }),
    listContainers: ({ query }) => ({
      status: 200,
      body: [...this.containers.values()]
        .filter(({ config }) => hasLabels(config.Labels, query))
        .map(summary),
    }),
    createContainer: (call) => this.createContainer(call),
    inspectContainer: ({ parameter }) => ({ status: 200, body: details(this.container(parameter)) }),
    startContainer: async ({ parameter }) => {
      const container = this.container(parameter);
      if (container.status === 'running' || this.claimed.has(parameter)) return 304;
      this.claimed.add(parameter);
      await container.start().finally(() => this.claimed.delete(parameter));
      return 204;
    },
    stopContainer: async ({ parameter }) => {
      const container = this.container(parameter);
      if (container.status !== 'running') return 304;
      await container.stop();
      return 204;
    },
    restartContainer: async ({ parameter }) => {
      await this.container(parameter).stop();
      await this.container(parameter).start();
      return 204;
    },
    removeContainer: async ({ parameter }) => {
      const container = this.container(parameter);
      if (this.claimed.has(`-${parameter}`))
        throw new Refusal(409, `removal of container ${parameter} is already in progress`);
      this.claimed.add(`-${parameter}`);
      await container.kill().finally(() => this.claimed.delete(`-${parameter}`));
      this.containers.delete(container.name);
      return 204;
    },
    getArchive: async ({ parameter, query }) => {
      const body = await this.container(parameter).archive(query.path ?? '');
      if (body === undefined)
        throw new Refusal(404, `Could not find the file ${query.path} in container ${parameter}`);
      return { status: 200, body };
    },
    stats: async ({ parameter }) => {
      const used = await this.container(parameter).usage();
      return {
        status: 200,
        body: {
          cpu_stats: { cpu_usage: { total_usage: Math.round((used?.cpuSeconds ?? 0) * 1e9) } },
          memory_stats: { usage: used?.memoryBytes ?? 0, max_usage: used?.memoryPeakBytes ?? 0 },
          pids_stats: { current: used?.processes ?? 0 },
        },
      };
    },
    createExec: ({ parameter, body }) => this.createExec(this.container(parameter), body),
    inspectExec: ({ parameter }) => {
      const exec = this.execs.get(parameter);
      if (exec === undefined) throw new Refusal(404, `No such exec instance: ${parameter}`);
      return {
        status: 200,
        body: { ID: exec.id, Running: exec.running, ExitCode: exec.running ? null : exec.exitCode, Pid: 1 },
      };
    },
    listVolumes: ({ query }) => ({
      status: 200,
      body: {
        Volumes: [...this.volumes.values()].filter(({ labels }) => hasLabels(labels, query)).map(volumeBody),
        Warnings: null,
      },
    }),
    createVolume: ({ body }) => this.createVolume(body),
    removeVolume: ({ parameter, query }) => {
      const used = [...this.containers.values()].some(({ config }) =>
        config.HostConfig.Mounts.some(({ Source }) => Source === parameter),
      );
      if (used) throw new Refusal(409, `remove ${parameter}: volume is in use`);
      if (!this.volumes.delete(parameter) && query.force !== 'true')
        throw new Refusal(404, `get ${parameter}: no such volume`);
      return 204;
    },
    listImages: ({ query }) => ({
      status: 200,
      body: this.images
        .filter(({ labels }) => hasLabels(labels, query))
        .map(({ id, tags, labels, created }) => ({
          Id: id,
          RepoTags: tags,
          Labels: labels,
          Created: created,
        })),
    }),
    inspectImage: ({ parameter }) => {
      const found = this.image(parameter);
      return {
        status: 200,
        body: {
          Id: found.id,
          Os: found.os,
          Architecture: 'amd64',
          Config: { Env: found.env, Labels: found.labels, ...found.run },
        },
      };
    },
    pullImage: ({ query }) => ({ status: 200, lines: this.pull(query.fromImage ?? '') }),
    removeImage: ({ parameter }) => {
      const found = this.image(parameter);
      this.images.splice(this.images.indexOf(found), 1);
      return { status: 200, body: [{ Deleted: found.id }] };
    },
    build: ({ query, tar }) => ({
      status: 200,
      lines: buildLoopbackImage(this, query, tar ?? Buffer.alloc(0)),
    }),
  };

  private describe(): EngineInfo {
    return {
      Driver: 'overlay2',
      OSType: 'linux',
      CgroupVersion: '1',
      MemoryLimit: true,
      SwapLimit: true,
      CpuCfsQuota: true,
      PidsLimit: true,
      SecurityOptions: ['name=seccomp,profile=default'],
      Runtimes: { runc: {} },
      SystemTime: new Date().toISOString(),
      ServerVersion: '24.0.0',
      ...this.info,
    };
  }

  private *events(query: Record<string, string>): Generator<object> {
    const { container = [] } = JSON.parse(query.filters ?? '{}') as { container?: string[] };
    for (const { at, id, name } of this.oomEvents)
      if (at >= Number(query.since) * 1000 && at <= Number(query.until) * 1000 && container.includes(name))
        yield {
          Type: 'container',
          Action: 'oom',
          Actor: { ID: id, Attributes: { name } },
          time: Math.floor(at / 1000),
        };
  }

  container(name: string): LoopbackContainer {
    const found = this.containers.get(name) ?? [...this.containers.values()].find(({ id }) => id === name);
    if (found === undefined) throw new Refusal(404, `No such container: ${name}`);
    return found;
  }

  image(reference: string): LoopbackImage {
    const found = this.images.find(({ id, tags }) => id === reference || tags.includes(reference));
    if (found === undefined) throw new Refusal(404, `No such image: ${reference}`);
    return found;
  }

  private createContainer({ query, body }: Call): Reply {
    const config = body as unknown as ContainerConfig;
    const name = query.name ?? '';
    if (this.containers.has(name))
      throw new Refusal(409, `Conflict. The container name "/${name}" is already in use by container "x".`);
    const base = this.image(config.Image);
    const id = newId();
    for (const { Source } of config.HostConfig.Mounts)
      if (!this.volumes.has(Source))
        throw new Refusal(400, `the volume ${Source} was not made with its labels before`);
    const onOom = () => void this.oomEvents.push({ at: Date.now(), id, name });
    const labels = { ...base.labels, ...config.Labels };
    const made = new LoopbackContainer(
      id,
      name,
      { ...config, Labels: labels },
      base,
      this.volumes,
      this.local,
      onOom,
    );
    this.containers.set(name, made);
    return { status: 201, body: { Id: id, Warnings: [] } };
  }

  private createVolume(body: unknown): Reply {
    const { Name, Labels, DriverOpts } = body as {
      Name: string;
      Labels: Record<string, string>;
      DriverOpts?: Record<string, string>;
    };
    if (DriverOpts?.size !== undefined && !this.diskQuota)
      throw new Refusal(400, `create ${Name}: quota size requested but no quota support`);
    const volume = this.volumes.get(Name) ?? {
      name: Name,
      labels: Labels,
      createdAt: new Date().toISOString(),
    };
    this.volumes.set(Name, volume);
    return { status: 201, body: volumeBody(volume) };
  }

  private createExec(container: LoopbackContainer, config: ExecConfig): Reply {
    if (container.status !== 'running') throw new Refusal(409, `Container ${container.id} is not running`);
    const id = newId();
    this.execs.set(id, { id, container, config, started: false, running: false, exitCode: null });
    return { status: 201, body: { Id: id } };
  }

  /** Sends the output of an exec in frames that are cut at any place. */
  attach(id: string, socket: Duplex, head: Buffer, cutAfterBytes: number, slowMs: number): void {
    const exec = this.execs.get(id);
    if (exec === undefined) throw new Refusal(404, `No such exec instance: ${id}`);
    if (exec.started) throw new Refusal(409, `exec ${id} has already run`);
    if (exec.container.status !== 'running')
      throw new Refusal(409, `container ${exec.container.id} is not running`);
    exec.started = true;
    socket.write(
      'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
    );
    let sent = 0;
    let held = false;
    let sending = Promise.resolve();
    const write = (bytes: Buffer) => {
      const part = bytes.subarray(0, Math.max(0, cutAfterBytes - sent));
      sent += bytes.length;
      const flows = socket.write(part);
      if (sent >= cutAfterBytes) socket.destroy();
      return flows;
    };
    exec.onOutput = (stream, chunk) => {
      const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
      header.writeUInt32BE(chunk.length, 4);
      const frame = Buffer.concat([header, chunk]);
      if (slowMs > 0) {
        sending = sending
          .then(() => new Promise((resolve) => setTimeout(resolve, slowMs)))
          .then(() => void write(frame));
        return;
      }
      const cut = 1 + (sent % 11);
      write(frame.subarray(0, cut));
      if (write(frame.subarray(cut)) || held) return;
      held = true;
      feed.pause();
      socket.once('drain', () => {
        held = false;
        feed.resume();
      });
    };
    exec.onClose = () => void sending.then(() => socket.end());
    const feed = exec.container.exec(exec, exec.config.Cmd, exec.config.Env ?? [], exec.config.AttachStdin);
    if (head.length > 0) feed.write(head);
    socket.on('data', (chunk: Buffer) => feed.write(chunk));
    // A caller that goes away closes the input, and the exec runs on.
    socket.once('end', () => feed.end());
    socket.once('close', () => (feed.end(), feed.resume()));
  }

  /** Early failures have a status, late ones are told in a stream that began well. */
  private pull(reference: string): object[] {
    const found = this.registry.get(reference);
    if (found === undefined)
      throw new Refusal(404, `pull access denied for ${reference}, repository does not exist`);
    const begun = { status: `Pulling from ${reference}` };
    if (typeof found === 'string') return [begun, { errorDetail: { message: found }, error: found }];
    this.images.push(found);
    return [begun, { status: `Status: Downloaded newer image for ${reference}` }];
  }

  async close(): Promise<void> {
    for (const container of this.containers.values()) await container.kill();
    for (const { id } of await this.local.list()) await this.local.destroy(id);
    await this.local.close();
  }
}

function hasLabels(labels: Record<string, string>, query: Record<string, string>): boolean {
  const { label = [] } = JSON.parse(query.filters ?? '{}') as { label?: string[] | Record<string, boolean> };
  return (Array.isArray(label) ? label : Object.keys(label)).every((wanted) => {
    const at = wanted.indexOf('=');
    return at < 0 ? wanted in labels : labels[wanted.slice(0, at)] === wanted.slice(at + 1);
  });
}

function details(container: LoopbackContainer) {
  const { status, exitCode, outOfMemory, config } = container;
  return {
    Id: container.id,
    Name: `/${container.name}`,
    Created: container.created.toISOString(),
    Image: 'sha256:x',
    Config: { Labels: config.Labels, Image: config.Image },
    State: {
      Status: status,
      Running: status === 'running',
      OOMKilled: outOfMemory,
      ExitCode: exitCode,
      Error: '',
    },
  };
}

function summary(container: LoopbackContainer) {
  const { id, name, status, exitCode, config, created } = container;
  const words = { created: 'Created', running: 'Up 1 second', exited: `Exited (${exitCode}) 1 second ago` }[
    status
  ];
  return {
    Id: id,
    Names: [`/${name}`],
    State: status,
    Status: words,
    Created: Math.floor(created.getTime() / 1000),
    Labels: config.Labels,
  };
}

function volumeBody({ name, labels, createdAt }: LoopbackVolume) {
  return {
    Name: name,
    Driver: 'local',
    Labels: labels,
    CreatedAt: createdAt,
    Mountpoint: `/var/lib/docker/volumes/${name}/_data`,
    Scope: 'local',
    Options: null,
  };
}
