import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, request as sendRequest, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { PREVIEW_TOKEN_NAME, PreviewAccess } from './preview-access';
import { previewBase } from './preview-base';
import { previewPlaceOfHost } from './preview-host';
import { PreviewLinks, type PreviewLinkRecord, type PreviewLinkStore } from './preview-links';
import { createPreviewServer } from './preview-proxy';
import { issuePreviewToken, previewKey } from './preview-token';

class MemoryStore implements PreviewLinkStore {
  readonly links = new Map<string, PreviewLinkRecord>();
  create: PreviewLinkStore['create'] = async (link) => {
    const record = { ...link, createdAt: new Date(), revokedAt: null };
    this.links.set(link.linkId, record);
    return record;
  };
  find: PreviewLinkStore['find'] = async (id) => this.links.get(id) ?? null;
  revoke: PreviewLinkStore['revoke'] = async (id) => {
    const link = this.links.get(id);
    if (link === undefined || link.revokedAt !== null) return false;
    link.revokedAt = new Date();
    return true;
  };
}

describe.each(['stream', 'origin'] as const)('private previews behind a route of kind %s', (kind) => {
  const app = createServer((request, response) => {
    if (request.url === '/hang') return void response.write('begun');
    if (request.url === '/away')
      return void response.writeHead(302, { location: `http://${request.headers.host}/x` }).end();
    response.end(JSON.stringify({ url: request.url, headers: request.headers }));
  });
  const sockets = new WebSocketServer({ noServer: true });
  app.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (client) =>
      client.on('message', (data) => client.send(`${request.url} ${String(data)}`)),
    ),
  );
  const key = previewKey('a secret of the installation');
  const store = new MemoryStore();
  const access = new PreviewAccess({ key, isRevoked: (id) => links.isRevoked(id), everyMs: 50 });
  let appPort = 0;
  const server = createPreviewServer({
    resolve: (host) => {
      const place = previewPlaceOfHost(host);
      if (place?.port === undefined) return undefined;
      const { sandboxId, port } = place;
      return {
        key: host,
        upstreamHost: `localhost:${port}`,
        route: async () =>
          kind === 'stream'
            ? { kind, connect: async () => connect(appPort, '127.0.0.1') }
            : {
                kind,
                url: new URL(`http://127.0.0.1:${appPort}`),
                headers: { 'x-provider-token': 'secret' },
              },
        admit: (request) => access.admit(request, { sandboxId, port }),
      };
    },
  });
  let links: PreviewLinks;
  let port = 0;
  beforeAll(async () => {
    for (const one of [app, server]) {
      one.listen(0, '127.0.0.1');
      await once(one, 'listening');
    }
    appPort = (app.address() as AddressInfo).port;
    port = (server.address() as AddressInfo).port;
    links = new PreviewLinks({ key, store, base: previewBase({ PREVIEW_PORT: port }) });
  });
  afterAll(() => {
    access.close();
    for (const one of [app, server]) {
      one.closeAllConnections();
      one.close();
    }
  });

  const issue = (sandboxId = 's1', expiresInSeconds = 60) =>
    links.issue({ sandboxId, port: 8080, expiresInSeconds });
  const HOST = '8080--s1.preview.localhost';
  async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
    const request = sendRequest({
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { host: `${HOST}:${port}`, ...headers },
    });
    request.end();
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of reply) parts.push(part as Buffer);
    return { status: reply.statusCode, headers: reply.headers, text: Buffer.concat(parts).toString() };
  }
  const cookie = (token: string) => ({ cookie: `a=1; ${PREVIEW_TOKEN_NAME}=${token}; b=2` });

  it('take the token from the address into a cookie of this host, and show it to no app', async () => {
    const { token, url } = await issue();
    expect(url).toBe(`http://${HOST}:${port}/?${PREVIEW_TOKEN_NAME}=${token}`);
    const entered = await ask(`/page?x=1&${PREVIEW_TOKEN_NAME}=${token}&y=2`);
    expect(entered).toMatchObject({
      status: 302,
      headers: { location: '/page?x=1&y=2', 'cache-control': 'no-store' },
    });
    const [set = ''] = entered.headers['set-cookie'] ?? [];
    expect(set).toMatch(/^showrunner_preview=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    const shown = await ask('/page?x=1', cookie(token));
    expect(shown.status).toBe(200);
    expect(shown.text).not.toContain(token);
    expect(JSON.parse(shown.text)).toMatchObject({ url: '/page?x=1', headers: { cookie: 'a=1; b=2' } });
    const posted = await ask(`/form?${PREVIEW_TOKEN_NAME}=${token}`, {}, 'POST');
    expect(JSON.parse(posted.text)).toMatchObject({ url: '/form' });
    expect((await ask(`//evil.test/?${PREVIEW_TOKEN_NAME}=${token}`)).headers.location).toBe('/evil.test/');
    expect((await ask('/away', cookie(token))).headers.location).toBe(`http://${HOST}:${port}/x`);
  });

  it('send what a provider asks for to the provider alone', async () => {
    const { token } = await issue();
    const { headers } = JSON.parse((await ask('/', cookie(token))).text) as {
      headers: Record<string, string>;
    };
    expect(headers['x-provider-token']).toBe(kind === 'origin' ? 'secret' : undefined);
    expect(headers['host']).toBe(kind === 'origin' ? `127.0.0.1:${appPort}` : 'localhost:8080');
  });

  it.each<[string, () => Promise<string>, number]>([
    ['no token', async () => '', 401],
    ['a token of another sandbox', async () => (await issue('s2')).token, 401],
    [
      'a token of another port',
      async () => (await links.issue({ sandboxId: 's1', port: 8081, expiresInSeconds: 60 })).token,
      401,
    ],
    [
      'a changed token',
      async () => (await issue()).token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      401,
    ],
    [
      'a token with other facts',
      async () => {
        const [version, , signature] = (await issue()).token.split('.');
        return [version, Buffer.from('["x","s1",8080,9999999999]').toString('base64url'), signature].join(
          '.',
        );
      },
      401,
    ],
    [
      'a token of another key',
      async () =>
        issuePreviewToken(previewKey('other'), {
          linkId: 'x',
          sandboxId: 's1',
          port: 8080,
          expiresAt: new Date(Date.now() + 60_000),
        }),
      401,
    ],
    ['no token at all', async () => 'p1..', 401],
    [
      'an expired token',
      async () =>
        issuePreviewToken(key, {
          linkId: 'x',
          sandboxId: 's1',
          port: 8080,
          expiresAt: new Date(Date.now() - 1000),
        }),
      410,
    ],
    [
      'a revoked token',
      async () => {
        const { token, linkId } = await issue();
        await links.revoke(linkId);
        return token;
      },
      410,
    ],
    [
      'a token that was never kept',
      async () =>
        issuePreviewToken(key, {
          linkId: 'x',
          sandboxId: 's1',
          port: 8080,
          expiresAt: new Date(Date.now() + 60_000),
        }),
      410,
    ],
  ])('stay shut for %s', async (_title, make, status) => {
    const token = await make();
    expect((await ask(`/?${PREVIEW_TOKEN_NAME}=${token}`)).status).toBe(status);
    const shut = await ask('/', token === '' ? {} : cookie(token));
    expect(shut.status).toBe(status);
    expect(shut.text).not.toContain('x-provider-token');
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, {
      headers: { host: HOST, ...(token === '' ? {} : cookie(token)) },
    });
    expect(((await once(socket, 'error')) as [Error])[0].message).toContain(String(status));
  });

  it('end WebSockets and replies that are open when their link is revoked, and no others', async () => {
    const [one, two] = [await issue(), await issue()];
    const open = async (token: string) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/hmr?v=1&${PREVIEW_TOKEN_NAME}=${token}`, {
        headers: { host: HOST },
      });
      await once(socket, 'open');
      return socket;
    };
    const [first, second] = [await open(one.token), await open(two.token)];
    first.send('hello');
    expect(String((await once(first, 'message'))[0])).toBe('/hmr?v=1 hello');
    const hanging = sendRequest({
      host: '127.0.0.1',
      port,
      path: '/hang',
      headers: { host: HOST, ...cookie(one.token) },
    });
    hanging.end();
    const [reply] = (await once(hanging, 'response')) as [IncomingMessage];
    reply.resume();
    const cut = once(reply, 'error');
    const closed = once(first, 'close');
    await links.revoke(one.linkId);
    await Promise.all([closed, cut]);
    second.send('still');
    expect(String((await once(second, 'message'))[0])).toBe('/hmr?v=1 still');
    second.close();
    await once(second, 'close');
  });

  it('end what is open when the link expires', async () => {
    const { linkId, token } = await issue('s1', 1);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { host: HOST, ...cookie(token) } });
    await once(socket, 'open');
    await once(socket, 'close');
    await expect(links.verify(token, { sandboxId: 's1', port: 8080 })).rejects.toMatchObject({
      code: 'preview_link_expired',
    });
    await links.revoke(linkId);
    await links.revoke(linkId);
    await expect(links.revoke('nothing')).rejects.toMatchObject({ status: 404 });
  });

  it('are given out within bounds', async () => {
    await expect(links.issue({ sandboxId: 's1', port: 0, expiresInSeconds: 60 })).rejects.toMatchObject({
      code: 'port_invalid',
    });
    for (const expiresInSeconds of [0, -1, 86_401, NaN])
      await expect(links.issue({ sandboxId: 's1', port: 80, expiresInSeconds })).rejects.toMatchObject({
        code: 'preview_time_invalid',
      });
  });
});
