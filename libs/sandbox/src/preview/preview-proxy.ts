import {
  createServer,
  request as sendRequest,
  STATUS_CODES,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { bodyFraming, hasBody } from './hop-by-hop';
import { hasLooped, toPreviewHeaders, toUpstreamHeaders } from './preview-headers';
import type { OriginPair } from './preview-origin';
import { renderPreviewProblem } from './preview-problem';

export interface PreviewTarget {
  /** A raw stream to the app, e.g. `() => sandbox.connect(port)`. */
  connect(): Promise<Duplex>;
  /** Host the app is told, e.g. `localhost:5173`. */
  upstreamHost: string;
}

export interface PreviewProxyOptions {
  /**
   * @param host the request's Host header, in lower case
   * @returns undefined: there is no such preview (404)
   */
  resolve(host: string): Promise<PreviewTarget | undefined> | PreviewTarget | undefined;
}

/** Handlers for the `request` and `upgrade` events of any HTTP server, on a TCP port or a unix socket. */
export interface PreviewProxy {
  onRequest(request: IncomingMessage, response: ServerResponse): void;
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** The way from a browser to an app in a sandbox: HTTP/1.1 and WebSockets, streamed both ways, Host and Origin rewritten. */
export function createPreviewProxy(options: PreviewProxyOptions): PreviewProxy {
  return {
    onRequest(request, response) {
      serve(options, request, response).catch(() => answerProblem(response, 502));
    },
    onUpgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      serveUpgrade(options, request, socket, head).catch(() => endProblem(socket, 502));
    },
  };
}

/** A server with both handlers, not listening yet. */
export function createPreviewServer(options: PreviewProxyOptions): Server {
  const proxy = createPreviewProxy(options);
  // A page may keep a stream open for as long as it likes; only the head of a request must come in time.
  const server = createServer({ requestTimeout: 0 }, proxy.onRequest);
  server.on('upgrade', proxy.onUpgrade);
  return server;
}

interface Route {
  target: PreviewTarget;
  pair: OriginPair;
}

async function route(options: PreviewProxyOptions, request: IncomingMessage): Promise<Route | 404 | 508> {
  if (hasLooped(request.headers)) return 508;
  const previewHost = (request.headers.host ?? '').toLowerCase();
  const target = await options.resolve(previewHost);
  return target === undefined ? 404 : { target, pair: { previewHost, upstreamHost: target.upstreamHost } };
}

function openUpstream(
  request: IncomingMessage,
  { target, pair }: Route,
  stream: Duplex,
  extra: OutgoingHttpHeaders,
): ClientRequest {
  return sendRequest({
    method: request.method,
    // Only the path: a client that speaks to a proxy may send an absolute URL.
    path: (request.url ?? '/').replace(/^https?:\/\/[^/?#]*/i, '') || '/',
    headers: { ...toUpstreamHeaders(request.headers, pair), ...extra },
    setHost: false,
    createConnection: () => stream,
    host: target.upstreamHost,
  });
}

async function serve(
  options: PreviewProxyOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await route(options, request);
  if (typeof found === 'number') return answerProblem(response, found);
  const stream = await found.target.connect();
  if (response.destroyed) return void stream.destroy();
  const upstream = openUpstream(request, found, stream, bodyFraming(request.headers));
  // An app may answer before the body has come.
  if (hasBody(request.headers)) upstream.flushHeaders();
  upstream.on('error', () => answerProblem(response, 502));
  upstream.on('response', (reply) => {
    try {
      response.writeHead(
        reply.statusCode ?? 502,
        reply.statusMessage,
        toPreviewHeaders(reply.headers, found.pair),
      );
    } catch {
      answerProblem(response, 502); // headers no client could read
      return void reply.destroy();
    }
    response.flushHeaders();
    reply.on('error', () => response.destroy());
    reply.on('aborted', () => response.destroy());
    reply.pipe(response);
  });
  response.on('close', () => upstream.destroy());
  request.on('error', () => upstream.destroy());
  request.pipe(upstream);
}

async function serveUpgrade(
  options: PreviewProxyOptions,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const found = await route(options, request);
  if (typeof found === 'number') return endProblem(socket, found);
  const stream = await found.target.connect();
  if (socket.destroyed) return void stream.destroy();
  const protocol = request.headers.upgrade ?? 'websocket';
  const upstream = openUpstream(request, found, stream, { connection: 'Upgrade', upgrade: protocol });
  socket.on('close', () => stream.destroy());
  upstream.on('error', () => endProblem(socket, 502));
  upstream.on('upgrade', (reply, inner, first) => {
    const headers = {
      ...toPreviewHeaders(reply.headers, found.pair),
      connection: 'Upgrade',
      upgrade: protocol,
    };
    writeHead(socket, 101, headers);
    if (first.length > 0) socket.write(first);
    if (head.length > 0) inner.write(head);
    inner.on('error', () => socket.destroy());
    inner.on('close', () => socket.destroy());
    inner.pipe(socket);
    socket.pipe(inner);
  });
  // The app may refuse the upgrade with a plain reply, which the browser should see.
  upstream.on('response', (reply) => {
    writeHead(socket, reply.statusCode ?? 502, {
      ...toPreviewHeaders(reply.headers, found.pair),
      connection: 'close',
    });
    reply.pipe(socket);
  });
  upstream.end();
}

function writeHead(socket: Duplex, status: number, headers: OutgoingHttpHeaders): void {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(
      (one) => `${name}: ${String(one).replaceAll(/[\r\n]/g, '')}`,
    ),
  );
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

function answerProblem(response: ServerResponse, status: 404 | 502 | 508): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(renderPreviewProblem(status));
}

function endProblem(socket: Duplex, status: 404 | 502 | 508): void {
  if (socket.destroyed) return;
  const page = renderPreviewProblem(status);
  writeHead(socket, status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(page)),
    connection: 'close',
  });
  socket.end(page);
}
