import { request as sendRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '@showrunner/contracts';
import { relayUpgrade } from '@showrunner/preview';
import { refuseUpgrade } from '@showrunner/service';
import type { OnUpgrade } from '@showrunner/service';
import { toInnerHeaders } from './forward-headers';
import { serviceOfPath } from './service-of-path';
import type { InnerService } from './service-of-path';

export interface ForwardUpgradesOptions {
  internalToken: string;
  services: Record<InnerService, URL>;
}

/** What a client sees of a service's answer. */
const ANSWERED = ['sec-websocket-accept', 'sec-websocket-protocol', 'content-type', 'content-length'];

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
  relayUpgrade({
    socket,
    head,
    upstream,
    protocol: 'websocket',
    headersOf: ({ headers }) =>
      Object.fromEntries(
        ANSWERED.map((name) => [name, headers[name]]).filter(([, value]) => value !== undefined),
      ),
    fail: (cause) =>
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
  });
}
