import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Authenticate } from '../auth/authenticate';
import { toProblem } from '../problem/problem';

/** Takes over the socket of a request that wants another protocol. */
export type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void | Promise<void>;

/** Lets upgrades in like any request: by credentials first. Errors are answered as problem details. */
export function serveUpgrades(server: Server, authenticate: Authenticate, onUpgrade: OnUpgrade): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that breaks off is no error of ours.
    socket.on('error', () => socket.destroy());
    const serve = async (): Promise<void> => {
      await authenticate(request, {
        end: () => socket.destroy(),
        onClosed: (told) => socket.once('close', told),
      });
      await onUpgrade(request, socket, head);
    };
    serve().catch((error: unknown) => refuseUpgrade(request, socket, error));
  });
}

/** Answers an upgrade with a problem instead, and closes. */
export function refuseUpgrade(request: IncomingMessage, socket: Duplex, error: unknown): void {
  if (socket.destroyed) return;
  const problem = toProblem(error, { instance: (request.url ?? '/').split('?', 1)[0] });
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? 'Error'}\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
