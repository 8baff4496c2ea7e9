import { once } from 'node:events';
import { createServer, request as sendRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serveUpgrades } from '@showrunner/service';
import { ApiKeys } from '../auth/api-keys';
import { forwardUpgrades } from './forward-upgrades';

const KEY = 'sk_the-key-of-the-tests';
let inner: Server;
let gateway: Server;
let seen: IncomingHttpHeaders;
let innerSocket: Duplex;
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  inner = createServer((_request, response) => response.writeHead(404).end('no')).listen(0, '127.0.0.1');
  inner.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    seen = request.headers;
    innerSocket = socket;
    if (request.url?.includes('refused')) {
      socket.end(
        'HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n\r\n{}',
      );
      return;
    }
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\nhello ',
    );
    socket.pipe(socket);
  });
  await once(inner, 'listening');
  const url = new URL(`http://127.0.0.1:${portOf(inner)}`);
  const verify = (key: string) =>
    Promise.resolve(
      key === KEY ? { id: 'k1', tenantId: 'acme', permissions: ['read'], expiresAt: null } : null,
    ) as never;
  const keys = new ApiKeys({ apiKeys: { verify } } as never, {
    bootstrapKey: undefined,
    linkSecret: 'secret',
    tokens: { verify: () => Promise.resolve(undefined) },
  });
  gateway = createServer().listen(0, '127.0.0.1');
  serveUpgrades(
    gateway,
    (request) => keys.authenticate(request),
    forwardUpgrades({
      internalToken: 'secret',
      services: { project: url, sandbox: url, intent: url, editor: url },
    }),
  );
  await once(gateway, 'listening');
});
afterAll(() => {
  for (const server of [gateway, inner]) {
    server.close();
    server.closeAllConnections();
  }
});

function ask(path: string, headers: Record<string, string>) {
  const request = sendRequest({
    port: portOf(gateway),
    path,
    headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'k', ...headers },
  });
  request.end();
  return request;
}
async function statusOf(path: string, headers: Record<string, string>): Promise<number | undefined> {
  const [response] = (await once(ask(path, headers), 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

describe('WebSockets through the gateway', () => {
  it('reach the service with its proof and the tenant, never with the key, and both sides end together', async () => {
    const [, socket, head] = (await once(
      ask('/api/sandboxes/s1/stream', { authorization: `Bearer ${KEY}`, 'x-showrunner-tenant': 'forged' }),
      'upgrade',
    )) as [IncomingMessage, Duplex, Buffer];
    socket.write('echo');
    let text = head.toString();
    for await (const chunk of socket) {
      text += String(chunk);
      if (text === 'hello echo') break;
    }
    expect(text).toBe('hello echo');
    expect(seen).toMatchObject({
      'x-showrunner-internal': 'secret',
      'x-showrunner-tenant': 'acme',
      upgrade: 'websocket',
    });
    expect(seen.authorization).toBeUndefined();
    if (!innerSocket.destroyed) await once(innerSocket, 'close');
  });

  it('take the key as a protocol, which browsers can send, and keep it to themselves', async () => {
    const offered = { 'sec-websocket-protocol': `showrunner, showrunner.key.${KEY}` };
    const [, socket] = (await once(ask('/api/sandboxes/s1/stream', offered), 'upgrade')) as [unknown, Duplex];
    expect(seen['sec-websocket-protocol']).toBe('showrunner');
    socket.destroy();
  });

  it('are refused without a key, at other paths, and as the service refuses them', async () => {
    const key = { 'x-api-key': KEY };
    expect(await statusOf('/api/sandboxes/s1/stream', {})).toBe(401);
    expect(await statusOf('/api/sandboxes/s1/stream', { 'x-api-key': 'sk_wrong' })).toBe(401);
    expect(await statusOf('/elsewhere', key)).toBe(404);
    expect(await statusOf('/api/sandboxes/refused/stream', key)).toBe(409);
  });
});
