import type { Server } from 'node:http';
import { Inject } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { AppError } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import {
  createPreviewServer,
  PreviewAccess,
  previewKey,
  PreviewLinks,
  previewPlaceOfHost,
} from '@showrunner/preview';
import type { PreviewBase, PreviewTarget } from '@showrunner/preview';
import type { PortRoute } from '@showrunner/sandbox';
import { listen, LOGGER, PLATFORM_DATABASE } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import type { RouteToSandbox } from './route-to-sandbox';

const TOUCH_EVERY_MS = 20_000;
const MAX_REMEMBERED = 10_000;

export const PREVIEW_OPTIONS = Symbol('PREVIEW_OPTIONS');
export interface PreviewOptions {
  host: string;
  port: number;
  /** Whether a preview needs a link. One of a port that is not the app's always does. */
  access: 'open' | 'private';
  /** Where browsers see previews. */
  base: PreviewBase;
  /** Secret of the installation, from which the key of the links is made. */
  secret: string;
  route: RouteToSandbox;
}

/**
 * Shows running apps at `<sandboxId>.<domain of the base>`, e.g. `http://<sandboxId>.preview.localhost:4401`, and other ports of sandboxes at
 * `<port>--<sandboxId>`. On a port and origin of its own: what an app sends can neither read the API nor send anything with its credentials.
 */
export class PreviewListener implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly server: Server;
  private readonly access: PreviewAccess;
  /** When the use of each sandbox was noted last. */
  private readonly touched = new Map<string, number>();

  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(PREVIEW_OPTIONS) private readonly options: PreviewOptions,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {
    const key = previewKey(options.secret);
    const links = new PreviewLinks({ key, store: database.previewLinks, base: options.base });
    this.access = new PreviewAccess({
      key,
      isRevoked: (linkId) => links.isRevoked(linkId),
      secure: options.base.protocol === 'https:',
    });
    this.server = createPreviewServer({ resolve: (host) => this.resolve(host) });
  }

  async onApplicationBootstrap(): Promise<void> {
    const { host, port } = this.options;
    await listen(this.server, { name: 'the preview listener', host, port });
  }

  async onModuleDestroy(): Promise<void> {
    this.access.close();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async resolve(host: string): Promise<PreviewTarget | undefined> {
    const place = previewPlaceOfHost(host, this.options.base.domain);
    if (place === undefined) return undefined;
    const { sandboxId } = place;
    this.touch(sandboxId);
    if (place.port !== undefined) return this.target(sandboxId, place.port, `localhost:${place.port}`, true);
    const preview = await this.database.previews.find(sandboxId);
    if (preview === null) return undefined;
    return this.target(sandboxId, preview.port, preview.upstreamHost, this.options.access === 'private');
  }

  /** A sandbox whose preview is looked at is in use. */
  private touch(sandboxId: string): void {
    const now = Date.now();
    if (now - (this.touched.get(sandboxId) ?? 0) < TOUCH_EVERY_MS) return;
    if (this.touched.size >= MAX_REMEMBERED) this.touched.clear();
    this.touched.set(sandboxId, now);
    this.database.sandboxes.touch(sandboxId, new Date(now)).catch((error: unknown) => {
      this.logger.warn({ err: error, sandboxId }, 'The use of a sandbox could not be noted');
    });
  }

  private target(sandboxId: string, port: number, upstreamHost: string, isPrivate: boolean): PreviewTarget {
    return {
      upstreamHost,
      protocol: this.options.base.protocol,
      key: `${sandboxId}:${port}`,
      route: () => this.route(sandboxId, port),
      admit: isPrivate ? (request) => this.access.admit(request, { sandboxId, port }) : undefined,
    };
  }

  private async route(sandboxId: string, port: number): Promise<PortRoute> {
    const route = await this.options.route(sandboxId, port);
    if (route !== undefined) return route;
    this.logger.warn({ sandboxId }, 'A preview leads to a sandbox that is gone');
    throw new AppError('sandbox_gone', `Sandbox ${sandboxId} is gone.`, { status: 502 });
  }
}
