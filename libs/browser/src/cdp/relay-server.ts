import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { WayPoint } from '../steps/drag-way';
import type { MultiplexedClient, PipeMultiplexer } from './pipe-multiplexer';

export interface RelayOptions {
  /** The browser, once it runs: the relay's address is known before that. */
  multiplexer: () => PipeMultiplexer | undefined;
  /** Address to listen on; default 127.0.0.1. */
  host?: string;
  /** Holds back messages of the driver, to give its keys and clicks a human pace. Returns milliseconds to wait before the message goes on. */
  pace?: (method: string, params: Record<string, unknown>) => number;
  /** What is sent to the page before an input event of the driver: the way of a drag, for one. Nobody is told of its answers. */
  before?: (method: string, params: Record<string, unknown>) => WayPoint[];
  /** Told of each input event of the driver as it goes to the page. */
  onInput?: (method: string, params: Record<string, unknown>) => void;
}

export interface CdpRelay {
  /** WebSocket endpoint for the MCP server: its input events are paced and noted. Secret, and for programs of this machine alone. */
  readonly driverUrl: string;
  close(): Promise<void>;
}

/** What no client may ask: ending the browser is the session's business, and downloads and permissions stay denied. */
const SWALLOWED = new Set([
  'Browser.close',
  'Browser.crash',
  'Browser.crashGpuProcess',
  'Browser.setDownloadBehavior',
  'Browser.grantPermissions',
]);
/** A driver that stops reading must not fill our memory. */
const MAX_QUEUED_BYTES = 64 * 1024 * 1024;

/**
 * Serves the session's DevTools to the MCP server on a loopback WebSocket below a secret path:
 * `ws://127.0.0.1:<port>/<token>/devtools/browser/driver`. Anything else is answered 403. Every connection is one client of the multiplexer.
 */
export const startCdpRelay = async (options: RelayOptions): Promise<CdpRelay> => {
  const token = randomBytes(24).toString('base64url');
  const host = options.host ?? '127.0.0.1';
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 64 * 1024 * 1024,
  });
  const server = createServer((_request, response) => void response.writeHead(403).end());
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!isAllowed(request, token)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const multiplexer = options.multiplexer();
    if (multiplexer === undefined || multiplexer.isClosed) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) =>
      serve(webSocket, multiplexer.connect(), options),
    );
  });
  await listen(server, host);
  return {
    driverUrl: `ws://${hostOf(host)}:${(server.address() as AddressInfo).port}/${token}/devtools/browser/driver`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

const serve = (webSocket: WebSocket, client: MultiplexedClient, options: RelayOptions): void => {
  const send = pacedSender(client, options);
  client.onMessage((text) => {
    if (isAnswerToUs(text)) return;
    webSocket.send(text);
    if (webSocket.bufferedAmount > MAX_QUEUED_BYTES) webSocket.terminate();
  });
  client.onClose(() => webSocket.close());
  webSocket.on('close', () => client.close());
  webSocket.on('error', () => client.close());
  webSocket.on('message', (data) => {
    const text = String(data);
    const message = parse(text);
    if (message === undefined) return webSocket.terminate();
    if (SWALLOWED.has(message.method))
      return webSocket.send(JSON.stringify({ id: message.id, result: {}, sessionId: message.sessionId }));
    send(text, message);
  });
};

/** Ids of what the relay sends itself; a driver counts from 1 and never comes so far. */
const FIRST_OWN_ID = 2_000_000_000;
const isAnswerToUs = (text: string): boolean => /^\{"id":2\d{9}[,}]/.test(text.slice(0, 20));

interface CdpRequest {
  id: number;
  method: string;
  params?: Record<string, unknown>;
  sessionId?: string;
}

/** Keeps the order of the driver's messages while one of them is held back. */
const pacedSender = (
  client: MultiplexedClient,
  options: RelayOptions,
): ((text: string, message: CdpRequest) => void) => {
  let queue: Promise<void> | undefined;
  let ownId = FIRST_OWN_ID;
  const later = (work: () => void, wait: number): void => {
    const turn = (queue ?? Promise.resolve())
      .then(() => (wait > 0 ? new Promise<void>((resolve) => setTimeout(resolve, wait)) : undefined))
      .then(work);
    queue = turn;
    void turn.then(() => {
      if (queue === turn) queue = undefined;
    });
  };
  const pass = (text: string, message: CdpRequest): void => {
    if (message.method.startsWith('Input.')) options.onInput?.(message.method, message.params ?? {});
    client.send(text);
  };
  return (text, message) => {
    const isInput = message.method.startsWith('Input.');
    const wait = isInput ? (options.pace?.(message.method, message.params ?? {}) ?? 0) : 0;
    const before = isInput ? (options.before?.(message.method, message.params ?? {}) ?? []) : [];
    for (const { params, waitMs } of before) {
      const { method, sessionId } = message;
      const own = JSON.stringify({ id: ownId++, method, params, sessionId });
      later(() => client.send(own), waitMs);
    }
    if (wait <= 0 && queue === undefined) return pass(text, message);
    later(() => pass(text, message), wait);
  };
};

const parse = (text: string): CdpRequest | undefined => {
  try {
    const message = JSON.parse(text) as CdpRequest;
    return typeof message.id === 'number' && typeof message.method === 'string' ? message : undefined;
  } catch {
    // Not JSON, so not a DevTools client: the caller closes the connection.
    return undefined;
  }
};

const isAllowed = (request: IncomingMessage, token: string): boolean => {
  const given = Buffer.from(request.url ?? '');
  const expected = Buffer.from(`/${token}/devtools/browser/driver`);
  // A web page in some other browser sends an Origin; no DevTools client of ours does.
  return (
    request.headers.origin === undefined &&
    given.length === expected.length &&
    timingSafeEqual(given, expected)
  );
};

const hostOf = (host: string): string => (host.includes(':') ? `[${host}]` : host);

const listen = (server: Server, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => resolve());
  });
