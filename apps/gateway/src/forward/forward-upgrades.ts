import { request as sendRequest, STATUS_CODES } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '@showrunner/contracts';
import { refuseUpgrade } from '@showrunner/service';
import type { OnUpgrade } from '@showrunner/service';
import { toInnerHeaders } from './forward-headers';
import { serviceOfPath } from './service-of-path';
import type { InnerService } from './service-of-path';

export interface ForwardUpgradesOptions {
  internalToken: string;
  services: Record<InnerService, URL>;
}

/** Hands WebSockets on to the service that owns their path. Whatever either side ends, ends on the other. */
export function forwardUpgrades({ internalToken, services }: ForwardUpgradesOptions): OnUpgrade {
  return (request, socket, head) => {
    const service = serviceOfPath((request.url ?? '').split('?', 1)[0] ?? '');
    if (service === null || request.headers.upgrade?.toLowerCase() !== 'websocket') {
      throw new AppError('unknown_route', `There is no WebSocket at ${request.url?.split('?', 1)[0]}.`, {
        status: 404,
        remedy: 'Commands are streamed at /api/sandboxes/{id}/stream.',
      });
    }
    connect(request, socket, head, services[service], internalToken);
  };
}

function connect(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  target: URL,
  internalToken: string,
): void {
  const upstream = sendRequest({
    host: target.hostname,
    port: target.port,
    path: request.url,
    headers: {
      ...toInnerHeaders(request.headers, internalToken),
      connection: 'Upgrade',
      upgrade: 'websocket',
    },
    agent: false,
  });
  socket.on('close', () => upstream.destroy());
  upstream.on('error', (cause) =>
    refuseUpgrade(
      request,
      socket,
      new AppError('bad_gateway', 'The service that answers this broke off.', {
        status: 502,
        retryable: true,
        remedy: 'Try again in a moment.',
        cause,
      }),
    ),
  );
  upstream.on('upgrade', (answer, inner, first) => {
    writeHead(socket, answer, { connection: 'Upgrade', upgrade: 'websocket' });
    if (first.length > 0) socket.write(first);
    if (head.length > 0) inner.write(head);
    inner.on('error', () => socket.destroy());
    inner.on('close', () => socket.destroy());
    socket.on('close', () => inner.destroy());
    inner.pipe(socket);
    socket.pipe(inner);
  });
  // Refused: its problem is passed on.
  upstream.on('response', (answer) => {
    writeHead(socket, answer, { connection: 'close' });
    answer.pipe(socket);
  });
  upstream.end();
}

function writeHead(socket: Duplex, answer: IncomingMessage, extra: OutgoingHttpHeaders): void {
  const status = answer.statusCode ?? 502;
  const names = ['sec-websocket-accept', 'sec-websocket-protocol', 'content-type', 'content-length'];
  const headers: OutgoingHttpHeaders = { ...extra };
  for (const name of names) if (answer.headers[name] !== undefined) headers[name] = answer.headers[name];
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n`);
}
