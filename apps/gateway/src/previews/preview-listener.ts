import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { AppError } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { createPreviewServer, sandboxIdOfHost } from '@showrunner/sandbox';
import type { PreviewTarget } from '@showrunner/sandbox';
import { DATABASE, listen, LOGGER } from '@showrunner/service';
import type { Resources } from '@showrunner/service';

/** Opens a raw stream to a TCP port of a sandbox; undefined when the sandbox is gone. */
export type ConnectToSandbox = (sandboxId: string, port: number) => Promise<Duplex | undefined>;

export const PREVIEW_OPTIONS = Symbol('PREVIEW_OPTIONS');
export interface PreviewOptions {
  host: string;
  port: number;
  connect: ConnectToSandbox;
}

/**
 * Shows running apps at `http://<sandboxId>.preview.localhost:<port>`. On a port and origin of its own: what an app sends can neither
 * read the API nor send anything with its credentials.
 */
export class PreviewListener implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly server: Server;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(PREVIEW_OPTIONS) private readonly options: PreviewOptions,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {
    this.server = createPreviewServer({ resolve: (host) => this.resolve(host) });
  }

  async onApplicationBootstrap(): Promise<void> {
    const { host, port } = this.options;
    await listen(this.server, { name: 'the preview listener', host, port });
  }

  async onModuleDestroy(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async resolve(host: string): Promise<PreviewTarget | undefined> {
    const sandboxId = sandboxIdOfHost(host);
    const preview = sandboxId === undefined ? null : await this.database.previews.find(sandboxId);
    if (preview === null) return undefined;
    const { port, upstreamHost } = preview;
    return { upstreamHost, connect: () => this.connect(preview.sandboxId, port) };
  }

  private async connect(sandboxId: string, port: number): Promise<Duplex> {
    const stream = await this.options.connect(sandboxId, port);
    if (stream !== undefined) return stream;
    this.logger.warn({ sandboxId }, 'A preview leads to a sandbox that is gone');
    throw new AppError('sandbox_gone', `Sandbox ${sandboxId} is gone.`, { status: 502 });
  }
}
