import { Inject } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { parseInput, requirePermission, tenantOf } from '@showrunner/service';
import type { OnUpgrade } from '@showrunner/service';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { EventStreams } from './event-streams';
import { RunEvents } from './run-events';
import { RunQuerySchema } from './run-query';
import type { RunMessage } from './run-stream';

const PATH = /^\/api\/runs\/([\w-]{1,100})\/events(?:\?|$)/;
const SUBPROTOCOL = 'showrunner';
const PING_EVERY_MS = 20_000;

export const isRunEventsPath = (url: string | undefined): boolean => PATH.test(url ?? '');

/**
 * The events of runs over WebSockets, at the address of their server-sent events: the same messages, one a text, with `lastEventId` where the
 * next connection can go on after it (`?lastEventId=`). It is closed after the last one.
 */
export class RunSockets implements OnModuleDestroy {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: 1024,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });

  constructor(
    @Inject(RunEvents) private readonly events: RunEvents,
    @Inject(EventStreams) private readonly streams: EventStreams,
  ) {}

  onModuleDestroy(): void {
    for (const client of this.server.clients) client.terminate();
  }

  /** @throws {AppError} `permission_missing` (403), `not_found` (404), `invalid_input` (400) */
  readonly upgrade: OnUpgrade = async (request, socket, head) => {
    const url = request.url ?? '';
    const runId = PATH.exec(url)?.[1] ?? '';
    requirePermission(request, 'read');
    const { searchParams } = new URL(url, 'http://gateway');
    const { lastEventId = '0', log } = parseInput(RunQuerySchema, Object.fromEntries(searchParams));
    const tenantId = tenantOf(request);
    const follow = await this.events.open({ tenantId, runId, after: lastEventId, log: log === 'true' });
    this.server.handleUpgrade(request, socket, head, (client) => {
      const gone = new AbortController();
      client.on('error', () => client.terminate());
      client.on('close', () => gone.abort());
      const ping = keepAlive(client);
      follow(sender(client), AbortSignal.any([gone.signal, this.streams.over]))
        .then(
          () => client.close(1000),
          () => client.close(1011, 'the events cannot be read now'),
        )
        .finally(() => clearInterval(ping));
    });
  };
}

/** One message is on its way at a time: who is slow is waited for. */
const sender =
  (client: WebSocket) =>
  ({ id, message }: RunMessage): Promise<void> =>
    new Promise((resolve) => {
      if (client.readyState !== client.OPEN) return resolve();
      const text = JSON.stringify(id === undefined ? message : { lastEventId: id, ...message });
      client.send(text, () => resolve());
    });

/** One that is away without a word is let go. */
function keepAlive(client: WebSocket): NodeJS.Timeout {
  let isAlive = true;
  client.on('pong', () => (isAlive = true));
  return setInterval(() => {
    if (!isAlive) return client.terminate();
    isAlive = false;
    client.ping();
  }, PING_EVERY_MS);
}
