import { setTimeout as delay } from 'node:timers/promises';
import type { CreateSandboxFromImageParams, Sandbox as Box } from '@daytonaio/sdk';
import { AppError } from '@showrunner/contracts';
import type { CreateSandboxOptions } from '@showrunner/sandbox';
import { autoStopMinutes } from './auto-stop';
import { BOX_USER, type BoxImage } from './box-image';
import { boxName, LABEL } from './box-labels';
import { resourcesFor } from './box-limits';
import type { BoxLifecycle } from './box-lifecycle';
import { statusOf } from './box-state';
import type { DaytonaConnection } from './daytona-connection';
import { execAborted } from '@showrunner/sandbox/provider';
import { isUncertain, refusalOf, sandboxLost } from './daytona-errors';
import { networkRefused } from './network-phases';
import { networkLabel, type NetworkSettings } from './network-rules';

/** Without a lease of ours: as long as nobody uses it. */
const DEFAULT_AUTO_STOP_MINUTES = 60;
/** Daytona's own: a week. */
const AUTO_ARCHIVE_MINUTES = 7 * 24 * 60;
/** Stopped for so long, nobody will come back for it. */
const AUTO_DELETE_MINUTES = 60 * 24 * 60;
const ATTEMPTS = 4;
/** What starts later than this is waited for by ourselves, which forgives a look that fails. */
const SDK_WAIT_MS = 20_000;

export interface CreateBoxParts {
  connection: DaytonaConnection;
  lifecycle: BoxLifecycle;
  startMs: number;
  installation: string;
  /** The box of this sandbox, when there is one. */
  find: () => Promise<Box | undefined>;
  destroy: (box: Box) => Promise<void>;
}

/** Makes the box of a sandbox, or finds the one that is there. Its name is unique, so a creation whose answer was lost is found by it. */
export class CreateBox {
  constructor(private readonly parts: CreateBoxParts) {}

  async create(
    options: CreateSandboxOptions,
    network: NetworkSettings,
    image: BoxImage,
  ): Promise<{ box: Box; adopted: boolean }> {
    const { signal } = options;
    if (signal?.aborted) throw execAborted(signal.reason);
    const params = await this.parameters(options, network, image);
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.attempt(params);
      if ('box' in outcome) return this.unlessAborted(options, { box: outcome.box, adopted: false });
      const found = await this.parts.find();
      if (found !== undefined) {
        const box = await this.bringUp(options.id, found, outcome.taken, signal);
        if (box !== undefined) return this.unlessAborted(options, { box, adopted: true });
      }
      if (attempt === ATTEMPTS) throw outcome.error;
      await delay(100 * 2 ** attempt, undefined, { signal });
    }
  }

  /** A box that starts, the knowledge that its name is taken, or an error that says nothing about what became of it. */
  private async attempt(
    params: CreateSandboxFromImageParams,
  ): Promise<{ box: Box } | { taken: boolean; error: AppError }> {
    const client = await this.parts.connection.client();
    try {
      const box = await this.parts.connection.call(
        'create the sandbox',
        async () => {
          try {
            return await client.create(params, { timeout: Math.min(SDK_WAIT_MS, this.parts.startMs) / 1000 });
          } catch (error) {
            throw this.refusedForNetwork(params, error) ? networkRefused(error) : error;
          }
        },
        { repeatable: false },
      );
      return { box };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const refusal = refusalOf(error.cause ?? error);
      if (refusal.status === 409) return { taken: true, error };
      if (error.code === 'sandbox_unavailable' && isUncertain(refusal)) return { taken: false, error };
      throw error;
    }
  }

  private refusedForNetwork(params: CreateSandboxFromImageParams, error: unknown): boolean {
    const { status, message } = refusalOf(error);
    const chosen = params.networkBlockAll === true || (params.domainAllowList ?? '') !== '';
    return chosen && (status === 400 || status === 403) && /network|domain|tier/i.test(message);
  }

  /**
   * @param existed whether it was there before this creation: then files of somebody may lie in it, and it is kept though it does not start
   * @returns undefined when it was in ruins and is gone now
   */
  private async bringUp(
    id: string,
    box: Box,
    existed: boolean,
    signal?: AbortSignal,
  ): Promise<Box | undefined> {
    if (existed && ['failed', 'destroyed'].includes(statusOf(box.state))) {
      await this.parts.destroy(box);
      return undefined;
    }
    try {
      await this.parts.lifecycle.start(id, box, signal);
      return box;
    } catch (error) {
      if (error instanceof AppError && error.code === sandboxLost(id).code) return undefined;
      const resting = existed && statusOf(box.state) !== 'failed' && statusOf(box.state) !== 'creating';
      if (!resting) await this.parts.destroy(box);
      throw signal?.aborted ? execAborted(signal.reason) : error;
    }
  }

  private async unlessAborted<T extends { box: Box; adopted: boolean }>(
    { signal }: CreateSandboxOptions,
    made: T,
  ): Promise<T> {
    if (!signal?.aborted) return made;
    if (!made.adopted) await this.parts.destroy(made.box);
    throw execAborted(signal.reason);
  }

  private async parameters(
    options: CreateSandboxOptions,
    network: NetworkSettings,
    image: BoxImage,
  ): Promise<CreateSandboxFromImageParams> {
    const Image = await this.parts.connection.image();
    const { installation } = this.parts;
    return {
      name: boxName(installation, options.id),
      image: Image.base(image.reference).dockerfileCommands(image.commands),
      user: BOX_USER,
      envVars: options.environment,
      resources: resourcesFor(options.limits),
      labels: {
        ...options.labels,
        [LABEL.installation]: installation,
        [LABEL.sandbox]: options.id,
        [LABEL.limits]: JSON.stringify(options.limits),
        [LABEL.network]: networkLabel(options.network ?? { mode: 'none' }),
      },
      autoStopInterval:
        options.backstopAt === undefined ? DEFAULT_AUTO_STOP_MINUTES : autoStopMinutes(options.backstopAt),
      autoArchiveInterval: AUTO_ARCHIVE_MINUTES,
      autoDeleteInterval: AUTO_DELETE_MINUTES,
      networkBlockAll: network.networkBlockAll,
      ...(network.domainAllowList === '' ? {} : { domainAllowList: network.domainAllowList }),
    };
  }
}
