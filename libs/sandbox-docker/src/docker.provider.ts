import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, type SandboxCapabilities, type SandboxInfo } from '@showrunner/contracts';
import type { CreateSandboxOptions, Sandbox, SandboxProvider } from '@showrunner/sandbox';
import { statusOf } from './container/containers';
import { LABEL, requireSandboxId } from './container/names';
import { Records } from './container/records';
import type { EngineContext } from './container/engine-context';
import { dockerCapabilities } from './docker-capabilities';
import { sandboxNotFound } from './docker-errors';
import { DockerInventory } from './docker-inventory';
import { DockerLifecycle } from './docker-lifecycle';
import { DockerSandbox } from './docker.sandbox';
import { DEFAULT_ENGINE, parseEngineAddress } from './engine/engine-address';
import { EngineClient } from './engine/engine-client';
import { EngineRefusal, refusalToAppError } from './engine/engine-error';
import type { EngineTls } from './engine/engine-tls';
import type { EngineInfo } from './engine/engine.types';
import { withBuildNetwork } from './images/build-network';
import { Images } from './images/images';

export interface DockerSandboxProviderOptions {
  /** Folder of this platform for archives and logs, usually `<SHOWRUNNER_HOME>/docker`. */
  home: string;
  /** Names what is ours in the engine; see `installationName`. */
  installation: string;
  /** As `DOCKER_HOST` has it; default the usual socket. */
  host?: string;
  tls?: EngineTls;
  /** Reference of the image of sandboxes that name none; default: one of our own, built on first use. */
  image?: string;
  /** Runtime of the engine; default `runsc` where the engine has it, else its own default. */
  runtime?: string;
}

/** How long another creator of the same sandbox may take. */
const MAKING_MS = 30_000;

/** Sandboxes as containers of a Docker Engine. All state is the engine's; several processes may serve the same sandboxes. */
export class DockerSandboxProvider implements SandboxProvider {
  readonly name = 'docker' as const;
  readonly capabilities: SandboxCapabilities;
  private readonly lifecycle: DockerLifecycle;
  private readonly inventory: DockerInventory;

  private constructor(private readonly context: EngineContext) {
    this.capabilities = dockerCapabilities(context);
    this.lifecycle = new DockerLifecycle(context);
    this.inventory = new DockerInventory(context, this.lifecycle);
  }

  /** Asks the engine what it can do. @throws AppError `sandbox_unavailable`, InvalidInputError `docker_host_invalid` */
  static async open(options: DockerSandboxProviderOptions): Promise<DockerSandboxProvider> {
    const client = new EngineClient(parseEngineAddress(options.host ?? DEFAULT_ENGINE, options.tls));
    const info = await client.call<EngineInfo>('GET', '/info');
    const { installation } = options;
    const context: EngineContext = {
      client,
      installation,
      home: options.home,
      info,
      diskQuota: await hasDiskQuota(client, installation),
      runtime:
        options.runtime ?? (info.Runtimes !== undefined && 'runsc' in info.Runtimes ? 'runsc' : undefined),
      images: new Images(client, installation, options.image),
      records: new Records(client, installation),
    };
    return new DockerSandboxProvider(context);
  }

  async create(options: CreateSandboxOptions): Promise<Sandbox> {
    const { id, limits, labels, environment = {}, network = { mode: 'none' } } = options;
    requireSandboxId(id);
    const existing = await this.adopt(id);
    if (existing !== undefined) return existing;
    let ours = false;
    try {
      const { reference: image, facts } = await this.context.images.prepare(options, (use) =>
        withBuildNetwork(this.context, options, use),
      );
      options.signal?.throwIfAborted();
      const make = { id, image, facts, limits, environment, createdAt: new Date().toISOString() };
      ours = await this.lifecycle.make(make, { labels, network });
      if (!ours) await this.startOther(id);
      else if (network.mode !== 'none') await this.lifecycle.networkOf(id).ensureLive();
      return this.handle(id);
    } catch (error) {
      if (ours || (await this.isHalfMade(id))) await this.destroy(id);
      throw error instanceof EngineRefusal
        ? refusalToAppError(error, 'The sandbox could not be made')
        : error;
    }
  }

  private async isHalfMade(id: string): Promise<boolean> {
    const details = await this.lifecycle.commandsOf(id).inspect();
    return details === undefined || details.State.Status === 'created';
  }

  /** A sandbox with this id that can go on; one that died makes room. */
  private async adopt(id: string): Promise<Sandbox | undefined> {
    const { status } = await this.lifecycle.info(id);
    if (status === 'destroyed') return undefined;
    if (status === 'failed') {
      await this.destroy(id);
      return undefined;
    }
    await this.lifecycle.start(id);
    return this.handle(id);
  }

  /** The engine keeps a name before there is a container to it. */
  private async startOther(id: string): Promise<void> {
    for (let wait = 20, until = Date.now() + MAKING_MS; ; wait = Math.min(wait * 2, 500))
      try {
        return await this.lifecycle.start(id);
      } catch (error) {
        const making = error instanceof AppError && error.code === 'sandbox_not_found' && Date.now() < until;
        if (!making) throw error;
        await delay(wait);
      }
  }

  private handle(id: string): DockerSandbox {
    const { lifecycle } = this;
    return new DockerSandbox({
      id,
      commands: lifecycle.commandsOf(id),
      network: () => lifecycle.networkOf(id),
      lifecycle,
    });
  }

  async get(id: string): Promise<Sandbox | undefined> {
    requireSandboxId(id);
    if ((await this.lifecycle.archives.read(id)) !== undefined) return this.handle(id);
    const details = await this.lifecycle.commandsOf(id).inspect();
    if (details === undefined || statusOf(details) === 'destroyed') return undefined;
    return this.handle(id);
  }

  async getOrStart(id: string): Promise<Sandbox> {
    const sandbox = await this.get(id);
    if (sandbox === undefined) throw sandboxNotFound(id);
    await sandbox.start();
    return sandbox;
  }

  list(labels: Record<string, string> = {}): Promise<SandboxInfo[]> {
    return this.inventory.list(labels);
  }

  async destroy(id: string): Promise<void> {
    requireSandboxId(id);
    try {
      await this.lifecycle.destroy(id);
    } catch (error) {
      throw error instanceof EngineRefusal
        ? refusalToAppError(error, 'The sandbox could not be removed')
        : error;
    }
  }

  sweep(): Promise<void> {
    return this.inventory.sweep();
  }

  close(): Promise<void> {
    return this.lifecycle.close();
  }
}

/** Tries it: nothing else tells whether the file system of the engine keeps quotas for volumes. */
async function hasDiskQuota(client: EngineClient, installation: string): Promise<boolean> {
  const Name = `showrunner-${installation}-probe-${randomBytes(4).toString('hex')}`;
  try {
    const Labels = { [LABEL.installation]: installation, [LABEL.role]: 'probe' };
    await client.call('POST', '/volumes/create', {
      body: { Name, Driver: 'local', DriverOpts: { size: '64m' }, Labels },
    });
  } catch (error) {
    if (error instanceof EngineRefusal) return false;
    throw error;
  }
  await client.call('DELETE', `/volumes/${Name}`);
  return true;
}
