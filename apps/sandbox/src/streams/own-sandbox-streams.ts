import { setTimeout as delay } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { AppError, InvalidInputError, OwnStreamRequestSchema } from '@showrunner/contracts';
import type { OwnStreamMessage, OwnStreamRequest } from '@showrunner/contracts';
import { LOGGER } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import type { WebSocket } from 'ws';
import { SandboxAccess } from '../sandboxes/sandbox-access';
import { SandboxesService } from '../sandboxes/sandboxes.service';
import { closeRefused } from './close-refused';
import { ExecutionStream } from './execution-stream';
import { parsedMessage } from './parsed-message';

/** How long a client may say nothing at first, and a sandbox take to start, ms. */
const FIRST_MESSAGE_MS = 60_000;
const START_WAIT_MS = 60_000;
/** The sandbox counts as used while its socket is open; should this process die, nobody says so any more and it ends itself. */
const IDLE_MINUTES = 2;
/** Messages that a client may send before its sandbox runs. */
const MOST_WAITING = 16;

type Settings = Omit<Extract<OwnStreamRequest, { type: 'create' }>, 'type'>;

/** Sockets that have a sandbox of their own: made for their first message, gone with them. */
export class OwnSandboxStreams implements OnModuleDestroy {
  private readonly open = new Map<WebSocket, Promise<void>>();

  constructor(
    @Inject(SandboxesService) private readonly sandboxes: SandboxesService,
    @Inject(SandboxAccess) private readonly access: SandboxAccess,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {}

  take(client: WebSocket, tenantId: string): void {
    const served = this.serve(client, tenantId)
      .catch((error: unknown) => {
        if (!(error instanceof AppError)) this.logger.warn({ err: error, tenantId }, 'A stream broke off');
        closeRefused(client, error);
      })
      .finally(() => this.open.delete(client));
    this.open.set(client, served);
  }

  /** With this process its sockets end, and their sandboxes are told to. */
  async onModuleDestroy(): Promise<void> {
    for (const client of this.open.keys()) client.terminate();
    await Promise.all(this.open.values());
  }

  /** @throws {AppError} what is wrong with a message; as `SandboxesService.accept` and `running` */
  private async serve(client: WebSocket, tenantId: string): Promise<void> {
    const gone = new AbortController();
    client.once('close', () => gone.abort());
    const inbox = new Inbox(client);
    const first = await inbox.first(gone.signal);
    if (first === undefined) return;
    const request = parsedMessage(OwnStreamRequestSchema, first);
    if (request.type === 'stdin')
      throw new InvalidInputError('no_input', 'Nothing runs that reads standard input.');
    const settings = request.type === 'create' ? settingsOf(request) : DEFAULTS;
    const lease = { ephemeral: true, idleTimeoutMinutes: IDLE_MINUTES };
    const { id } = await this.sandboxes.accept(tenantId, { ...settings, ...lease }, 'api');
    try {
      await this.sandboxes.running(tenantId, id, START_WAIT_MS, gone.signal);
      const { record, sandbox } = await this.access.resolveFree(tenantId, id);
      if (request.type === 'create') send(client, { type: 'sandbox', sandboxId: id });
      const before = [...(request.type === 'create' ? [] : [first]), ...inbox.close()];
      await this.access.whileUsed(record, () => new ExecutionStream(client, sandbox).serve(before));
    } catch (error) {
      if (!gone.signal.aborted) throw error;
    } finally {
      await this.sandboxes.want(tenantId, id, 'destroyed').catch((error: unknown) => {
        // Nobody uses it any more: its lease ends it.
        this.logger.warn(
          { err: error, sandboxId: id },
          'The sandbox of a stream could not be told to go yet',
        );
      });
    }
  }
}

const DEFAULTS: Settings = { limits: {}, labels: {}, environment: {}, internet: false };
const settingsOf = ({ type: _, ...settings }: Extract<OwnStreamRequest, { type: 'create' }>): Settings =>
  settings;

function send(client: WebSocket, message: OwnStreamMessage): void {
  if (client.readyState === client.OPEN) client.send(JSON.stringify(message));
}

/** Messages until there is a sandbox to take them. */
class Inbox {
  private readonly messages: Buffer[] = [];
  private told: () => void = () => undefined;
  private readonly take = (data: Buffer): void => {
    if (this.messages.length >= MOST_WAITING)
      return closeRefused(
        this.client,
        new InvalidInputError('busy', 'The sandbox does not run yet, and too much waits for it.'),
      );
    this.messages.push(data);
    this.told();
  };

  constructor(private readonly client: WebSocket) {
    client.on('message', this.take);
  }

  /** undefined when the client has gone. @throws {AppError} `nothing_asked` */
  async first(gone: AbortSignal): Promise<Buffer | undefined> {
    const said = new Promise<void>((resolve) => (this.told = resolve));
    if (this.messages.length === 0)
      await Promise.race([
        said,
        delay(FIRST_MESSAGE_MS, undefined, { signal: gone, ref: false }).catch(() => undefined),
      ]);
    const first = this.messages.shift();
    if (first !== undefined || gone.aborted) return first;
    throw new InvalidInputError('nothing_asked', 'The stream was opened, and nothing asked of it.');
  }

  /** What has come since; from now on others listen. */
  close(): Buffer[] {
    this.client.off('message', this.take);
    return this.messages;
  }
}
