import { createHash } from 'node:crypto';
import type { ImageFacts, SandboxLimits } from '@showrunner/contracts';
import type { SandboxImage } from '@showrunner/sandbox';
import { LABEL, namesOf } from '../container/names';
import { imageUnfit } from '../docker-errors';
import type { EngineClient } from '../engine/engine-client';
import { isRefusal } from '../engine/engine-error';
import type { ImageDetails } from '../engine/engine.types';
import { BuildFailed, buildFailed, buildImage } from './build-image';
import { DEFAULT_IMAGE, defaultImageContext } from './default-image';
import { imageFacts } from './image-facts';
import { lackOf, LAYER_VERSION, layerContext } from './layer';
import { inspectImage, requireImage } from './pull-image';

export interface ImageRequest {
  id: string;
  limits: SandboxLimits;
  image?: SandboxImage;
  signal?: AbortSignal;
}

/** The network that the steps of a Dockerfile run in, as the engine names it, and what they are told about it. */
export interface BuildNetwork {
  network: string;
  buildArguments: Record<string, string>;
}

/** An image that is ready to hold a sandbox, and what the one below it says when the caller asked for that. */
export interface PreparedImage {
  reference: string;
  facts?: ImageFacts;
}

/** Makes the images that sandboxes are made from. */
export class Images {
  private readonly layers = new Map<string, Promise<string>>();

  constructor(
    private readonly client: EngineClient,
    private readonly installation: string,
    /** Reference of the operator's default; undefined: our own, built on first use. */
    private readonly fallback?: string,
  ) {}

  /**
   * @param withNetwork holds the network of builds open meanwhile
   * @throws AppError `image_not_found`, `image_build_failed`, `sandbox_start_failed`
   */
  async prepare(
    request: ImageRequest,
    withNetwork: (use: (network: BuildNetwork) => Promise<void>) => Promise<void>,
  ): Promise<PreparedImage> {
    const { image, id, signal } = request;
    if (image?.kind === 'dockerfile') {
      const source = `${namesOf(this.installation, id).image}:source`;
      await withNetwork((network) => this.buildSource(source, request, network));
      const made = await this.required(source);
      return { reference: await this.layer(source, made, id), facts: imageFacts(made) };
    }
    const wanted = image?.reference ?? this.fallback;
    const found =
      wanted === undefined
        ? await this.defaultImage(signal)
        : await requireImage(this.client, wanted, signal);
    const reference = await this.layer(wanted ?? DEFAULT_IMAGE, found);
    return image === undefined ? { reference } : { reference, facts: imageFacts(found) };
  }

  private async buildSource(tag: string, request: ImageRequest, network: BuildNetwork): Promise<void> {
    const { image, limits, id, signal } = request;
    if (image?.kind !== 'dockerfile') return;
    const labels = { [LABEL.installation]: this.installation, [LABEL.sandbox]: id };
    const context = await image.context();
    try {
      const { dockerfile, onOutput } = image;
      const how = { tag, context, dockerfile, onOutput, labels, limits, signal, ...network };
      await buildImage(this.client, how);
    } catch (error) {
      throw error instanceof BuildFailed ? buildFailed(error) : error;
    }
  }

  private async required(reference: string): Promise<ImageDetails> {
    const details = await inspectImage(this.client, reference);
    if (details === undefined) throw imageUnfit(reference, 'it vanished after it was built');
    return details;
  }

  private async defaultImage(signal?: AbortSignal): Promise<ImageDetails> {
    const present = await inspectImage(this.client, DEFAULT_IMAGE);
    if (present !== undefined) return present;
    const labels = { [LABEL.installation]: this.installation, [LABEL.role]: 'default' };
    try {
      await buildImage(this.client, { tag: DEFAULT_IMAGE, context: defaultImageContext(), labels, signal });
    } catch (error) {
      throw error instanceof BuildFailed ? buildFailed(error) : error;
    }
    return this.required(DEFAULT_IMAGE);
  }

  /** Our layer upon an image, made once for each. `sandboxId`: whose own image it is. */
  private layer(reference: string, base: ImageDetails, sandboxId?: string): Promise<string> {
    const name = sandboxId === undefined ? reference : 'of the Dockerfile';
    if (base.Os !== 'linux') throw imageUnfit(name, `it is made for ${base.Os}`);
    const key = createHash('sha256').update(`${this.installation} ${base.Id} ${LAYER_VERSION}`).digest('hex');
    const tag = `showrunner-layer:${key.slice(0, 24)}`;
    const made =
      this.layers.get(tag) ??
      this.buildLayer(tag, reference, name, sandboxId).catch((error: unknown) => {
        this.layers.delete(tag);
        throw error;
      });
    this.layers.set(tag, made);
    return made;
  }

  private async buildLayer(tag: string, base: string, name: string, sandboxId?: string): Promise<string> {
    if ((await inspectImage(this.client, tag)) !== undefined) return tag;
    const labels = {
      [LABEL.installation]: this.installation,
      [LABEL.role]: 'layer',
      ...(sandboxId === undefined ? {} : { [LABEL.sandbox]: sandboxId }),
    };
    try {
      await buildImage(this.client, { tag, context: layerContext(base), labels, network: 'none' });
      return tag;
    } catch (error) {
      if (!(error instanceof BuildFailed)) throw error;
      throw imageUnfit(name, lackOf(error.output) ?? error.reason, error);
    }
  }

  /** Forgets that a layer is there: somebody may have removed it. */
  forget(tag: string): void {
    this.layers.delete(tag);
  }

  /** Removes what was built for one sandbox alone. */
  async removeOf(id: string): Promise<void> {
    const filters = JSON.stringify({
      label: [`${LABEL.installation}=${this.installation}`, `${LABEL.sandbox}=${id}`],
    });
    const found = await this.client.call<{ Id: string; RepoTags: string[] | null }[]>('GET', '/images/json', {
      query: { filters },
    });
    // A layer before the image it lies on.
    const order = (tags: string[] | null) => (tags?.some((tag) => tag.endsWith(':source')) === true ? 1 : 0);
    for (const { Id, RepoTags } of found.sort((one, other) => order(one.RepoTags) - order(other.RepoTags))) {
      for (const tag of RepoTags ?? []) this.layers.delete(tag);
      await this.client
        .call('DELETE', `/images/${Id}`, { query: { force: true } })
        .catch((error: unknown) => {
          if (!isRefusal(error, 404, 409)) throw error;
        });
    }
  }
}
