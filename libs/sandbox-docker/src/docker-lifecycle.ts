import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkPolicy, SandboxInfo } from '@showrunner/contracts';
import { Archives } from './container/archives';
import {
  createContainer,
  infoOf,
  makeOf,
  removeContainer,
  startContainer,
  statusOf,
} from './container/containers';
import { namesOf } from './container/names';
import type { SandboxMake, EngineContext } from './container/engine-context';
import { ContainerCommands, wasStopped } from './commands/container-commands';
import { sandboxLost, sandboxNotFound } from './docker-errors';
import { EngineRefusal, isRefusal, refusalToAppError } from './engine/engine-error';
import { SandboxNetwork } from './network/sandbox-network';

const STOP_SECONDS = 5;

/** What sandboxes become. An archive that is complete is the truth about its sandbox, whatever of a container is there too. */
export class DockerLifecycle {
  readonly archives: Archives;
  private readonly networks = new Map<string, SandboxNetwork>();
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly context: EngineContext) {
    this.archives = new Archives(context);
  }

  commandsOf(id: string): ContainerCommands {
    const archived = async () => (await this.archives.read(id)) !== undefined;
    return new ContainerCommands(
      this.context.client,
      namesOf(this.context.installation, id).container,
      id,
      archived,
    );
  }

  /** One for all handles of this process: the tunnel and the proxy are shared. */
  networkOf(id: string): SandboxNetwork {
    const known = this.networks.get(id);
    if (known !== undefined) return known;
    const stored = async () => (await this.context.records.read(id))?.network ?? ({ mode: 'none' } as const);
    const made = new SandboxNetwork(this.commandsOf(id), this.networkFolder(id), stored);
    this.networks.set(id, made);
    return made;
  }

  private networkFolder(id: string): string {
    return join(this.context.home, 'network', id);
  }

  /** Changes of one sandbox follow each other in this process. */
  private alone<T>(id: string, fn: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(id) ?? Promise.resolve()).then(fn, fn);
    const quiet = turn.catch(() => undefined);
    this.turns.set(id, quiet);
    void quiet.then(() => {
      if (this.turns.get(id) === quiet) this.turns.delete(id);
    });
    return turn;
  }

  async info(id: string): Promise<SandboxInfo> {
    const [archived, details, record] = await Promise.all([
      this.archives.read(id),
      this.commandsOf(id).inspect(),
      this.context.records.read(id),
    ]);
    if (archived !== undefined)
      return infoOf(this.context, archived.make, 'archived', archived.record.labels);
    if (details !== undefined)
      return infoOf(this.context, makeOf(details), statusOf(details), record?.labels ?? {});
    const nothing = {
      id,
      limits: { cpus: 0, memoryBytes: 0, diskBytes: 0, maxProcesses: 0 },
      environment: {},
    };
    return infoOf(this.context, { ...nothing, createdAt: new Date(0).toISOString() }, 'destroyed', {});
  }

  /** @throws AppError `sandbox_not_found`, `sandbox_lost` */
  start(id: string): Promise<void> {
    return this.alone(id, async () => {
      if ((await this.archives.read(id)) !== undefined) return this.restore(id);
      const details = await this.commandsOf(id).inspect();
      if (details === undefined) throw sandboxNotFound(id);
      if (details.State.Running) return;
      if (details.State.Status !== 'created' && !wasStopped(details))
        throw sandboxLost(id, details.State.OOMKilled);
      await startContainer(this.context, id);
      await this.networkOf(id).ensureLive();
    });
  }

  private async restore(id: string): Promise<void> {
    const archived = await this.archives.read(id);
    if (archived === undefined) throw sandboxNotFound(id);
    await removeContainer(this.context, id);
    await this.make(archived.make, archived.record);
    const commands = this.commandsOf(id);
    await this.archives.unpack(
      id,
      async (argv, stdin) => (await commands.run(argv, { cwd: '/', stdin })).exitCode,
    );
    await this.archives.remove(id);
    await this.networkOf(id).ensureLive();
  }

  /** @returns false when there is one already */
  async make(
    make: SandboxMake,
    record: { labels: Record<string, string>; network: NetworkPolicy },
  ): Promise<boolean> {
    await this.context.records.write(make.id, record);
    if (!(await createContainer(this.context, make))) return false;
    await startContainer(this.context, make.id);
    return true;
  }

  stop(id: string): Promise<void> {
    return this.alone(id, () => this.stopAlone(id));
  }

  private async stopAlone(id: string): Promise<void> {
    if ((await this.archives.read(id)) !== undefined) return;
    await this.forget(id);
    const { container } = namesOf(this.context.installation, id);
    try {
      await this.context.client.call('POST', `/containers/${container}/stop`, { query: { t: STOP_SECONDS } });
    } catch (error) {
      if (isRefusal(error, 404)) throw sandboxNotFound(id);
      throw error instanceof EngineRefusal
        ? refusalToAppError(error, 'The sandbox could not be stopped')
        : error;
    }
  }

  archive(id: string): Promise<void> {
    return this.alone(id, async () => {
      if ((await this.archives.read(id)) === undefined) {
        await this.stopAlone(id);
        const [details, record] = await Promise.all([
          this.commandsOf(id).inspect(),
          this.context.records.read(id),
        ]);
        if (details === undefined) throw sandboxNotFound(id);
        if (statusOf(details) !== 'stopped') throw sandboxLost(id, details.State.OOMKilled);
        const { labels = {}, network = { mode: 'none' as const } } = record ?? {};
        await this.archives.pack(id, { make: makeOf(details), record: { labels, network } });
      }
      await removeContainer(this.context, id);
    });
  }

  destroy(id: string): Promise<void> {
    return this.alone(id, async () => {
      await this.forget(id);
      // First: without it a container that is gone cannot come back.
      await this.archives.remove(id);
      await removeContainer(this.context, id);
      await this.context.images.removeOf(id);
      await rm(this.networkFolder(id), { recursive: true, force: true });
    });
  }

  setLabels(id: string, labels: Record<string, string>): Promise<void> {
    return this.alone(id, () => this.change(id, { labels }));
  }

  setNetwork(id: string, network: NetworkPolicy): Promise<void> {
    return this.alone(id, async () => {
      const { status } = await this.info(id);
      if (status === 'failed') throw sandboxLost(id);
      // Applied before it is recorded: a policy that cannot be served is not kept.
      if (status === 'running') await this.networkOf(id).setLive(network);
      await this.change(id, { network });
    });
  }

  private async change(
    id: string,
    change: { labels?: Record<string, string>; network?: NetworkPolicy },
  ): Promise<void> {
    const archived = await this.archives.read(id);
    if (archived !== undefined)
      return this.archives.rewrite(id, { ...archived, record: { ...archived.record, ...change } });
    const record = await this.context.records.read(id);
    if (record === undefined) throw sandboxNotFound(id);
    await this.context.records.write(id, { ...record, ...change });
  }

  private async forget(id: string): Promise<void> {
    const network = this.networks.get(id);
    this.networks.delete(id);
    await network?.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.networks.keys()].map((id) => this.forget(id)));
  }
}
