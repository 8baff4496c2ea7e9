import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { PortRoute } from '@showrunner/sandbox';
import { bodyFraming, hasBody } from '@showrunner/egress';
import type { PreviewAdmission } from './preview-access';
import { ownPageHeaders, ownPagePreflight } from './own-page';
import { hasLooped, toPreviewHeaders } from './preview-headers';
import type { OriginPair } from './preview-origin';
import { renderPreviewProblem, type PreviewProblemStatus } from './preview-problem';
import { relayUpgrade, writeHead } from './relay-upgrade';
import { Upstreams, type Forwarding } from './upstream';

export interface PreviewTarget {
  /** The way to the app, e.g. `() => sandbox.route(port)`. */
  route(): Promise<PortRoute>;
  /** Host the app is told, e.g. `localhost:5173`. */
  upstreamHost: string;
  /** The page that asks, where this is another server of the same app. */
  page?: OriginPair['page'];
  /** What browsers speak to the preview, e.g. HTTPS where a proxy with a certificate stands before it. Default http. */
  protocol?: 'http:' | 'https:';
  /** Names the app's port among all: connections to it are then used again. */
  key?: string;
  /** Who may see it; everybody without. */
  admit?(request: IncomingMessage): Promise<PreviewAdmission>;
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
  /** Ends connections to apps that rest. */
  close(): void;
}

/** The way from a browser to an app in a sandbox: HTTP/1.1 and WebSockets, streamed both ways, Host and Origin rewritten. */
export function createPreviewProxy(options: PreviewProxyOptions): PreviewProxy {
  const upstreams = new Upstreams();
  return {
    onRequest(request, response) {
      serve(options, upstreams, request, response).catch(() => answerProblem(response, 502));
    },
    onUpgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      serveUpgrade(options, upstreams, request, socket, head).catch(() => endProblem(socket, 502));
    },
    close: () => upstreams.close(),
  };
}

/** A server with both handlers, not listening yet. */
export function createPreviewServer(options: PreviewProxyOptions): Server {
  const proxy = createPreviewProxy(options);
  // A page may keep a stream open for as long as it likes; only the head of a request must come in time.
  const server = createServer({ requestTimeout: 0 }, proxy.onRequest);
  server.on('upgrade', proxy.onUpgrade);
  server.on('close', () => proxy.close());
  return server;
}

type Found =
  | { status: PreviewProblemStatus }
  | { enter: Extract<PreviewAdmission, { kind: 'enter' }> }
  | { forwarding: Forwarding; signal: AbortSignal | undefined };

/** Whether and where a request goes on. */
async function find(
  options: PreviewProxyOptions,
  request: IncomingMessage,
  extra: OutgoingHttpHeaders,
): Promise<Found> {
  if (hasLooped(request.headers)) return { status: 508 };
  const previewHost = (request.headers.host ?? '').toLowerCase();
  const target = await options.resolve(previewHost);
  if (target === undefined) return { status: 404 };
  const admission: PreviewAdmission = (await target.admit?.(request)) ?? {
    kind: 'open',
    // Only the path: a client that speaks to a proxy may send an absolute URL.
    path: (request.url ?? '/').replace(/^https?:\/\/[^/?#]*/i, '') || '/',
  };
  if (admission.kind === 'refused') return { status: admission.status };
  if (admission.kind === 'enter') return { enter: admission };
  const route = await target.route();
  const pair = {
    ...pairOf(previewHost, target.upstreamHost, route),
    previewProtocol: target.protocol,
    page: target.page,
  };
  return {
    forwarding: { request, route, pair, path: admission.path, key: target.key, extra },
    signal: admission.signal,
  };
}

/** Behind an origin of a provider, the app's name for itself is what the provider makes of it. */
function pairOf(previewHost: string, upstreamHost: string, route: PortRoute): OriginPair {
  if (route.kind === 'stream') return { previewHost, upstreamHost };
  const upstreamProtocol = route.url.protocol === 'https:' ? 'https:' : 'http:';
  return { previewHost, upstreamHost: route.url.host, upstreamProtocol, appHost: upstreamHost };
}

async function serve(
  options: PreviewProxyOptions,
  upstreams: Upstreams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await find(options, request, bodyFraming(request.headers));
  if ('status' in found) return answerProblem(response, found.status);
  if ('enter' in found)
    return void response
      .writeHead(302, {
        location: found.enter.location,
        'set-cookie': found.enter.cookie,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      })
      .end();
  const { forwarding, signal } = found;
  const allowed = ownPagePreflight(request.method, request.headers, forwarding.pair);
  if (allowed !== undefined) return void response.writeHead(204, allowed).end();
  endWith(signal, response);
  await forward(upstreams, forwarding, request, response, 1);
}

/** @param tries how often the request may be sent again when the app had closed a connection that rested */
async function forward(
  upstreams: Upstreams,
  forwarding: Forwarding,
  request: IncomingMessage,
  response: ServerResponse,
  tries: number,
): Promise<void> {
  const upstream = await upstreams.open(forwarding);
  if (response.destroyed) return void upstream.destroy();
  let complete = false;
  // An app may answer before the body has come.
  if (hasBody(request.headers)) upstream.flushHeaders();
  upstream.on('error', () => {
    const again = upstream.reusedSocket && tries > 0 && !response.headersSent && !response.destroyed;
    if (!again) return answerProblem(response, 502);
    const fresh = { ...forwarding, key: undefined };
    forward(upstreams, fresh, request, response, tries - 1).catch(() => answerProblem(response, 502));
  });
  upstream.on('response', (reply) => {
    try {
      const headers = {
        ...toPreviewHeaders(reply.headers, forwarding.pair),
        ...ownPageHeaders(request.headers, forwarding.pair),
      };
      response.writeHead(reply.statusCode ?? 502, reply.statusMessage, headers);
    } catch {
      answerProblem(response, 502); // headers no client could read
      return void reply.destroy();
    }
    response.flushHeaders();
    reply.on('error', () => response.destroy());
    reply.on('aborted', () => response.destroy());
    reply.on('end', () => (complete = true));
    reply.pipe(response);
  });
  response.on('close', () => complete || upstream.destroy());
  request.on('error', () => upstream.destroy());
  if (request.readableEnded) upstream.end();
  else request.pipe(upstream);
}

async function serveUpgrade(
  options: PreviewProxyOptions,
  upstreams: Upstreams,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const protocol = request.headers.upgrade ?? 'websocket';
  const found = await find(options, request, { connection: 'Upgrade', upgrade: protocol });
  if ('status' in found) return endProblem(socket, found.status);
  if ('enter' in found) return endProblem(socket, 401);
  const { forwarding, signal } = found;
  endWith(signal, socket);
  const upstream = await upstreams.open(forwarding);
  relayUpgrade({
    socket,
    head,
    upstream,
    protocol,
    headersOf: (reply) => toPreviewHeaders(reply.headers, forwarding.pair),
    fail: () => endProblem(socket, 502),
  });
}

function endWith(signal: AbortSignal | undefined, stream: Duplex | ServerResponse): void {
  if (signal === undefined) return;
  const end = (): void => void stream.destroy();
  if (signal.aborted) return end();
  signal.addEventListener('abort', end, { once: true });
  stream.once('close', () => signal.removeEventListener('abort', end));
}

function answerProblem(response: ServerResponse, status: PreviewProblemStatus): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(renderPreviewProblem(status));
}

function endProblem(socket: Duplex, status: PreviewProblemStatus): void {
  if (socket.destroyed) return;
  const page = renderPreviewProblem(status);
  writeHead(socket, status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(page)),
    connection: 'close',
  });
  socket.end(page);
}
