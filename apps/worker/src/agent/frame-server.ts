import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { encodeFrameMessage, SessionLostError } from '@showrunner/contracts';
import type { Logger } from '@showrunner/telemetry';
import { WebSocketServer, type WebSocket } from 'ws';
import { isSessionKey } from '../session-key';
import type { SessionRegistry } from './session-registry';

export interface FrameServerOptions {
  sessions: SessionRegistry;
  internalToken: string;
  logger: Pick<Logger, 'warn'>;
}

const PATH = /^\/sessions\/([^/?]{1,200})\/frames$/;
const CLOSE = { ended: 1000, failed: 1011 } as const;

/**
 * Hands the frames of this process's sessions to recorders: `GET /sessions/<id>/frames`, upgraded to a WebSocket, for whoever shows the
 * session's key. 401 without it, 404 when this process does not hold the session. Recorders only listen: nothing they send is read.
 */
export function serveFrames(server: Server, options: FrameServerOptions): void {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 1024 });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const sessionId = sessionOf(request);
    if (sessionId === undefined || !isAllowed(request, sessionId, options.internalToken))
      return refuse(socket, '401 Unauthorized');
    if (!options.sessions.ids.includes(sessionId)) return refuse(socket, '404 Not Found');
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
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
const serve = (webSocket: WebSocket, sessionId: string, sessions: SessionRegistry): Promise<void> =>
  sessions.use(sessionId, async (session) => {
    const frames = await session.frames.record();
    webSocket.on('close', () => frames.close());
    webSocket.on('error', () => frames.close());
    if (webSocket.readyState !== webSocket.OPEN) frames.close();
    for (let next = await frames.next(); next !== undefined; next = await frames.next()) {
      const message = encodeFrameMessage(next);
      // One at a time: what a slow recorder has not read waits where it is counted and limited.
      await new Promise<void>((resolve) => webSocket.send(message, () => resolve()));
    }
  });

function sessionOf(request: IncomingMessage): string | undefined {
  const name = PATH.exec(request.url ?? '')?.[1];
  if (name === undefined) return undefined;
  try {
    return decodeURIComponent(name);
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
