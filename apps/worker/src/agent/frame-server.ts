import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FrameSubscription } from '@showrunner/browser';
import { encodeFrameMessage, SessionLostError, type FrameStreamKind } from '@showrunner/contracts';
import { isSessionKey } from '@showrunner/frame-stream';
import type { Logger } from '@showrunner/telemetry';
import { WebSocketServer, type WebSocket } from 'ws';

import type { SessionRegistry } from './session-registry';

export interface FrameServerOptions {
  sessions: SessionRegistry;
  internalToken: string;
  logger: Pick<Logger, 'warn'>;
}

const PATH = /^\/sessions\/([^/?]{1,200})\/(frames|live)$/;
const CLOSE = { ended: 1000, failed: 1011 } as const;

/** Who looks on sees about as many pictures a second as a film has: more would only cost. */
const LIVE_EVERY_MS = 40;

/**
 * Hands the frames of this process's sessions to recorders (`GET /sessions/<id>/frames`) and to those who look on (`…/live`), upgraded to a
 * WebSocket, for whoever shows the session's key. 401 without it, 404 when this process does not hold the session. Nothing they send is read.
 */
export function serveFrames(server: Server, options: FrameServerOptions): void {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 1024 });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { sessionId, kind } = askedOf(request) ?? {};
    if (sessionId === undefined || !isAllowed(request, sessionId, options.internalToken))
      return refuse(socket, '401 Unauthorized');
    if (!options.sessions.ids.includes(sessionId)) return refuse(socket, '404 Not Found');
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      const serve = kind === 'live' ? show : record;
      serve(webSocket, sessionId, options.sessions).then(
        () => webSocket.close(CLOSE.ended),
        (error: unknown) => {
          if (!(error instanceof SessionLostError))
            options.logger.warn({ sessionId, error }, 'The frames of a session could not be handed out.');
          webSocket.close(CLOSE.failed);
        },
      );
    });
  });
  server.once('close', () => {
    for (const client of sockets.clients) client.terminate();
  });
}

/** The session counts as used meanwhile. */
const record = (webSocket: WebSocket, sessionId: string, sessions: SessionRegistry): Promise<void> =>
  sessions.use(sessionId, async (session) => hand(webSocket, await session.frames.record(), 0));

/** Looking on keeps no session alive, and begins no recording. */
const show = async (webSocket: WebSocket, sessionId: string, sessions: SessionRegistry): Promise<void> =>
  hand(webSocket, await (await sessions.look(sessionId)).frames.watch(), LIVE_EVERY_MS);

async function hand(webSocket: WebSocket, frames: FrameSubscription, everyMs: number): Promise<void> {
  webSocket.on('close', () => frames.close());
  webSocket.on('error', () => frames.close());
  if (webSocket.readyState !== webSocket.OPEN) frames.close();
  for (let next = await frames.next(); next !== undefined; next = await frames.next()) {
    const message = encodeFrameMessage(next);
    // One at a time: what a slow reader has not read waits where it is counted and limited.
    await new Promise<void>((resolve) => webSocket.send(message, () => resolve()));
    if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

function askedOf(request: IncomingMessage): { sessionId: string; kind: FrameStreamKind } | undefined {
  const [, name, kind] = PATH.exec(request.url ?? '') ?? [];
  if (name === undefined) return undefined;
  try {
    return { sessionId: decodeURIComponent(name), kind: kind === 'live' ? 'live' : 'frames' };
  } catch {
    // Not a name of ours.
    return undefined;
  }
}

function isAllowed(request: IncomingMessage, sessionId: string, internalToken: string): boolean {
  const [scheme, key = ''] = (request.headers.authorization ?? '').split(' ');
  // A web page in some other browser sends an Origin; no worker does.
  return (
    request.headers.origin === undefined && scheme === 'Bearer' && isSessionKey(key, internalToken, sessionId)
  );
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
