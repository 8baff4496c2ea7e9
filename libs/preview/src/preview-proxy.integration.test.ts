import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, request as sendRequest, type IncomingMessage, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import { createPreviewServer } from './preview-proxy';

/** Refuses strangers as Vite does, and echoes what it was shown. */
function createDevServer(): Server {
  const server = createServer((request, response) => {
    if (!/^localhost:\d+$/.test(request.headers.host ?? ''))
      return void response.writeHead(403).end('Blocked request');
    if (request.url === '/redirect')
      return void response
        .writeHead(302, {
          location: `http://${request.headers.host}/there`,
          'set-cookie': ['a=1; Domain=localhost', 'b=2'],
        })
        .end();
    if (request.url === '/cut') return void response.write('half', () => response.destroy());
    if (request.url === '/stream') {
      response.write('one\n');
      return void request.once('data', () => response.end('two\n')).resume();
    }
    if (request.url === '/hang') return;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () =>
      response.end(
        JSON.stringify({ headers: request.headers, url: request.url, bytes: Buffer.concat(chunks).length }),
      ),
    );
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'vite-hmr' });
  server.on('upgrade', (request, socket, head) => {
    if (request.headers.host !== request.headers.origin?.replace('http://', ''))
      return void socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\nno HMR');
    sockets.handleUpgrade(request, socket, head, (client) =>
      client.on('message', (data, binary) => client.send(data, { binary })),
    );
  });
  return server;
}

describe('the preview proxy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preview-'));
  const app = createDevServer();
  let appPort = 0;
  let open = 0;
  async function openApp(): Promise<Socket> {
    const stream = connect(appPort, '127.0.0.1');
    await once(stream, 'connect');
    open++;
    stream.once('close', () => open--);
    return stream;
  }
  const preview = createPreviewServer({
    resolve: (host) =>
      host.startsWith('s1.preview.localhost') || host === 'fixed'
        ? {
            upstreamHost: `localhost:${appPort}`,
            key: 's1',
            route: async () => ({ kind: 'stream', connect: openApp }),
          }
        : host === 'dead'
          ? {
              upstreamHost: 'localhost:1',
              route: async () => ({
                kind: 'stream',
                connect: () => Promise.reject(new TypeError('nothing listens')),
              }),
            }
          : undefined,
  });
  let port = 0;
  let host = '';
  beforeAll(async () => {
    app.listen(0, '127.0.0.1');
    await once(app, 'listening');
    appPort = (app.address() as AddressInfo).port;
    preview.listen(0, '127.0.0.1');
    await once(preview, 'listening');
    port = (preview.address() as AddressInfo).port;
    host = `s1.preview.localhost:${port}`;
  });
  afterAll(() => {
    for (const server of [app, preview]) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true });
  });

  async function ask(options: {
    path?: string;
    method?: string;
    headers?: Record<string, string>;
    body?: Buffer;
    socketPath?: string;
  }) {
    const request = sendRequest({
      ...(options.socketPath === undefined
        ? { host: '127.0.0.1', port }
        : { socketPath: options.socketPath }),
      path: options.path ?? '/',
      method: options.method ?? 'GET',
      headers: { host, ...options.headers },
    });
    request.end(options.body);
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of reply) chunks.push(chunk as Buffer);
    return { status: reply.statusCode, headers: reply.headers, text: Buffer.concat(chunks).toString() };
  }

  it('makes a dev server that checks Host answer, and carries bodies', async () => {
    const reply = await ask({
      path: '/a?b=1',
      method: 'POST',
      headers: { origin: `http://${host}` },
      body: Buffer.alloc(3_000_000),
    });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toMatchObject({
      url: '/a?b=1',
      bytes: 3_000_000,
      headers: { host: `localhost:${appPort}`, origin: `http://localhost:${appPort}` },
    });
  });

  it('leads redirects and cookies back to the preview', async () => {
    const { headers } = await ask({ path: '/redirect' });
    expect(headers.location).toBe(`http://${host}/there`);
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  it('streams both ways before either side has ended', async () => {
    const request = sendRequest({
      host: '127.0.0.1',
      port,
      path: '/stream',
      method: 'POST',
      headers: { host },
    });
    request.flushHeaders();
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    expect(String((await once(reply, 'data'))[0])).toBe('one\n');
    request.end('go');
    expect(String((await once(reply, 'data'))[0])).toBe('two\n');
  });

  it('carries WebSockets, with the origin the app expects and the subprotocol', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/hmr?token=1`, 'vite-hmr', {
      headers: { host, origin: `http://${host}` },
    });
    await once(socket, 'open');
    expect(socket.protocol).toBe('vite-hmr');
    for (const message of ['hello', 'x'.repeat(200_000)]) {
      socket.send(message);
      expect(String((await once(socket, 'message'))[0])).toBe(message);
    }
    socket.close();
    await once(socket, 'close');
  });

  it("shows the app's own refusal of a WebSocket", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/hmr`, {
      headers: { host, origin: 'http://evil.test' },
    });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('403');
  });

  it('serves one fixed sandbox on a unix socket too', async () => {
    const path = join(folder, 'fixed.sock');
    const fixed = createPreviewServer({
      resolve: () => ({
        upstreamHost: `localhost:${appPort}`,
        route: async () => ({ kind: 'stream', connect: async () => connect(appPort, '127.0.0.1') }),
      }),
    });
    fixed.listen(path);
    await once(fixed, 'listening');
    expect((await ask({ socketPath: path, headers: { host: 'whatever' } })).status).toBe(200);
    fixed.close();
  });

  it('answers with a plain page: no such preview, app gone, loop', async () => {
    const missing = await ask({ headers: { host: 'nobody.preview.localhost', cookie: '<script>' } });
    expect(missing).toMatchObject({ status: 404, text: expect.stringContaining('No such preview') });
    expect(await ask({ headers: { host: 'dead' } })).toMatchObject({
      status: 502,
      text: expect.stringContaining('does not answer'),
    });
    expect((await ask({ headers: { via: Array(3).fill('1.1 showrunner-preview').join(', ') } })).status).toBe(
      508,
    );
    for (const [name, status] of [
      ['nobody', '404'],
      ['dead', '502'],
    ] as const) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { host: name } });
      expect(((await once(socket, 'error')) as [Error])[0].message).toContain(status);
    }
  });

  it('passes on that a reply was cut off', async () => {
    await expect(ask({ path: '/cut' })).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it("closes the app's connection when the browser leaves", async () => {
    const before = open;
    const request = sendRequest({ host: '127.0.0.1', port, path: '/hang', headers: { host } });
    request.on('error', () => undefined);
    request.end();
    while (open === before) await new Promise((next) => setTimeout(next, 5));
    request.destroy();
    while (open > before) await new Promise((next) => setTimeout(next, 5));
    expect(open).toBe(before);
  });
});
