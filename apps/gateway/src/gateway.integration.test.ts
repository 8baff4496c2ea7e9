import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@showrunner/contracts/testing';
import type { GatewayConfig } from '@showrunner/config';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { startTestRedis } from '@showrunner/events/testing';
import type { TestRedis } from '@showrunner/events/testing';
import type { RunningService } from '@showrunner/service';
import { signedPath } from '@showrunner/service';
import { call as send, openApiRoutes, openPaths, TEST_TOKEN, testConfig } from '@showrunner/service/testing';
import type { CallOptions, CallResult } from '@showrunner/service/testing';
import { previewBase, PreviewLinks, previewKey } from '@showrunner/preview';
import type { RouteToSandbox } from './previews/route-to-sandbox';
import { startGateway } from './start';
import { InnerServices } from './testing/inner-services';

const KEY = 'sk_the-first-key-of-the-tests';
let postgres: TestPostgres;
let redis: TestRedis;
let database: Database;
const inner = new InnerServices();
let gateway: RunningService;
let previewPort: number;
let config: GatewayConfig;
beforeAll(async () => {
  [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis(), inner.listen()]);
  database = createDatabase({ url: postgres.url });
  previewPort = await freePort();
  const services = `http://127.0.0.1:${inner.port}`;
  config = {
    ...testConfig({ databaseUrl: postgres.url, redisUrl: redis.url }),
    PREVIEW_PORT: previewPort,
    SHOWRUNNER_API_KEY: KEY,
    PROJECT_URL: services,
    SANDBOX_URL: services,
    INTENT_URL: services,
    EDITOR_URL: services,
  };
  gateway = await startGateway(config, routeToPort);
});
/** Sandboxes live on this machine, but for the one that is gone. */
const routeToPort: RouteToSandbox = async (sandboxId, port) => {
  if (sandboxId === 'gone') return undefined;
  return {
    kind: 'stream',
    connect: async () => {
      const stream = connect(port, '127.0.0.1');
      await once(stream, 'connect');
      return stream;
    },
  };
};
afterAll(async () => {
  await gateway.close();
  await database.close();
  await Promise.all([postgres.stop(), redis.stop(), inner.close()]);
});

const authorization = `Bearer ${KEY}`;
const call = (path: string, options: CallOptions = {}): Promise<CallResult> =>
  send(`${gateway.url}${path}`, { token: null, ...options, headers: { authorization, ...options.headers } });
const problem = (status: number, code: string) => ({
  status,
  json: expect.objectContaining({ status, code }),
});

describe('a signed link', () => {
  it('defect 8: the link to the film in the memo of a run opens in a browser, which sends no key', async () => {
    const link = signedPath('/api/runs/r1/artifacts/video.mp4', 'default', TEST_TOKEN, Date.now() + 60_000);
    const opened = await fetch(`${gateway.url}${link}`, { headers: { range: 'bytes=0-3' } });
    expect([opened.status, await opened.text()]).toEqual([206, '0123']);
    const late = signedPath('/api/runs/r1/artifacts/video.mp4', 'default', TEST_TOKEN, Date.now() - 2_000);
    for (const path of [late, link.replace('r1', 'r2'), link.replace('video.mp4', 'take.mkv')])
      expect(await send(`${gateway.url}${path}`, { token: null })).toMatchObject(
        problem(401, 'unauthorized'),
      );
    const posted = await send(`${gateway.url}${link}`, { token: null, method: 'POST' });
    expect(posted).toMatchObject(problem(401, 'unauthorized'));
  });
});

describe('keys', () => {
  it('are asked for by every route but health, and where somebody comes in without one', async () => {
    const described = openApiRoutes().map(({ method, path }) => ({
      method,
      path: path.replace(/:\w+/g, 'x1'),
    }));
    const open = openPaths();
    expect([...open].every((path) => /^\/(healthz|readyz|api\/auth(\/|$))/.test(path))).toBe(true);
    const declared = gateway.routes.map(({ path }) => ({
      method: 'GET',
      path: path.replace(/[:*]\w+/g, 'x1'),
    }));
    for (const { method, path } of [...described, ...declared, { method: 'GET', path: '/nothing' }]) {
      const { status } = await send(`${gateway.url}${path}`, { method, token: null });
      const isHealth = path === '/healthz' || path === '/readyz';
      if (isHealth || !open.has(path))
        expect([method, path, status]).toEqual([method, path, isHealth ? 200 : 401]);
    }
  });

  it('come as bearer or as X-API-Key, and only whole', async () => {
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await send(`${gateway.url}/`, { token: null, headers })).status;
    expect(await status({ authorization: `bearer ${KEY}` })).toBe(200);
    expect(await status({ 'x-api-key': KEY })).toBe(200);
    for (const headers of [
      { authorization: `Bearer ${KEY}x` },
      { authorization: `Bearer ${KEY.slice(0, -1)}` },
      { authorization: `Basic ${KEY}` },
      { authorization: KEY },
      { 'x-api-key': 'x'.repeat(600) },
      { 'x-showrunner-internal': TEST_TOKEN },
      { 'x-showrunner-key': 'forged' },
    ] as Record<string, string>[]) {
      expect([headers, await status(headers)]).toEqual([headers, 401]);
    }
  });

  it('are stored as their SHA-256, and a revoked one is refused', async () => {
    const [first] = await database.apiKeys.list();
    expect(first).toMatchObject({ name: 'bootstrap', prefix: KEY.slice(0, 10) });
    const other = await database.apiKeys.ensure('sk_another-key-of-the-tests', { name: 'other' });
    await database.apiKeys.revoke(other.id);
    const headers = { authorization: 'Bearer sk_another-key-of-the-tests' };
    expect((await send(`${gateway.url}/`, { token: null, headers })).status).toBe(401);
  });
});

describe('forwarding', () => {
  it('hands a request on with the proof of the gateway and without the key', async () => {
    const result = await call('/api/runs?limit=3&cursor=a%2Fb', {
      headers: { 'x-showrunner-internal': 'forged', 'x-custom': 'kept', 'idempotency-key': 'k1' },
    });
    expect(result).toMatchObject({ status: 200, json: { ok: true } });
    expect(result.headers.get('x-showrunner-internal')).toBeNull();
    expect(inner.seen).toMatchObject({
      method: 'GET',
      url: '/api/runs?limit=3&cursor=a%2Fb',
      headers: { 'x-showrunner-internal': TEST_TOKEN, 'x-custom': 'kept', 'idempotency-key': 'k1' },
    });
    expect(inner.seen.headers.authorization).toBeUndefined();
    const [first] = await database.apiKeys.list();
    expect(inner.seen.headers['x-showrunner-key']).toBe(first?.id);
    expect(inner.seen.headers['x-request-id']).toBe(result.headers.get('x-request-id'));
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])(
    'fault 7: a %s with a body is answered at once, on a connection that was kept as well',
    async (method) => {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
      const headers = `Host: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/json`;
      for (const body of [
        'Content-Length: 2\r\n\r\n{}',
        'Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
      ])
        for (let n = 0; n < 3; n++) {
          socket.write(`${method} /api/runs HTTP/1.1\r\n${headers}\r\n${body}`);
          const [answer] = (await once(socket, 'data', { signal: AbortSignal.timeout(5_000) })) as [Buffer];
          expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
          expect(inner.seen).toMatchObject({ method, bytes: 0 });
        }
      socket.destroy();
    },
  );

  it('fault 7: a POST on a connection that was kept is sent whole, again and again', async () => {
    for (let n = 0; n < 5; n++) {
      expect((await call('/api/runs', { json: { n } })).status).toBe(200);
      expect(inner.seen).toMatchObject({ method: 'POST', bytes: 7 });
    }
  });

  it('fault 7: a client that has closed its side is let go at once', async () => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.end(`GET /api/runs HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n\r\n`);
    socket.resume();
    await once(socket, 'close', { signal: AbortSignal.timeout(5_000) });
  });

  it('streams uploads without holding them', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    let left = 80;
    const before = process.memoryUsage.rss();
    let highest = before;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        highest = Math.max(highest, process.memoryUsage.rss());
        if (left-- === 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
    expect(
      (await call('/api/projects', { body, headers: { 'content-type': 'multipart/form-data' } })).status,
    ).toBe(200);
    expect(inner.seen.bytes).toBe(80 * 1024 * 1024);
    expect(highest - before).toBeLessThan(60 * 1024 * 1024);
  });

  it('refuses what is larger than any upload, announced or not', async () => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.write(
      `POST /api/projects HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 200000000\r\n\r\n`,
    );
    const [head] = (await once(socket, 'data')) as [Buffer];
    expect(head.toString()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
    let left = 110;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) =>
        left-- === 0 ? controller.close() : controller.enqueue(new Uint8Array(1024 * 1024)),
    });
    expect(await call('/api/projects', { body })).toMatchObject(problem(413, 'too_large'));
  });

  it('passes on an answer that comes before the body was read', async () => {
    const body = Buffer.alloc(5 * 1024 * 1024);
    expect(await call('/api/runs/refuse', { body })).toMatchObject({
      status: 413,
      json: { code: 'too_large' },
    });
  });

  it('passes ranges on', async () => {
    const result = await call('/api/runs/r1/artifacts/video.mp4', { headers: { range: 'bytes=0-3' } });
    expect(result).toMatchObject({ status: 206, text: '0123' });
    expect(result.headers.get('content-range')).toBe('bytes 0-3/10');
  });

  it('cuts the answer off where the service broke off', async () => {
    await expect(call('/api/runs/cut')).rejects.toThrow();
  });

  it('waits for a service that is being started again', async () => {
    const port = inner.port;
    await inner.close();
    const read = call('/api/runs');
    const write = call('/api/runs', { json: { a: 1 } });
    await inner.listen(port);
    expect((await read).status).toBe(200);
    expect((await write).status).toBe(200);
    expect(inner.seen.bytes).toBeGreaterThanOrEqual(0);
  });

  it('says so when a service stays away', async () => {
    const port = inner.port;
    await inner.close();
    const result = await call('/api/runs');
    expect(result).toMatchObject(problem(503, 'service_starting'));
    expect(result.headers.get('retry-after')).toBe('2');
    await inner.listen(port);
  });

  it('knows what there is not', async () => {
    expect(await call('/api/nothing')).toMatchObject(problem(404, 'unknown_route'));
    expect(await call('/nothing')).toMatchObject(problem(404, 'unknown_route'));
    expect(await call('/api/events', { method: 'POST' })).toMatchObject(problem(405, 'method_not_allowed'));
  });
});

/** Reads server-sent events until the stream ends or enough came. */
async function events(path: string, enough: number, headers: Record<string, string> = {}) {
  const response = await fetch(`${gateway.url}${path}`, {
    headers: { authorization, ...headers },
  });
  const ids: string[] = [];
  let text = '';
  let ended = true;
  for await (const chunk of response.body ?? []) {
    text += new TextDecoder().decode(chunk as Uint8Array);
    ids.splice(0, ids.length, ...[...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id ?? ''));
    if (ids.length >= enough) {
      ended = false;
      break;
    }
  }
  return { type: response.headers.get('content-type'), ids, text, ended, status: response.status };
}

describe('events', () => {
  const runState = (runId: string, state: string) => ({
    type: 'RUN_STATE' as const,
    projectId: 'p1',
    runId,
    data: { state },
  });
  const newRun = async (id: string): Promise<void> => {
    await database.projects.create({
      id: 'p1',
      name: 'p',
      source: { kind: 'git', url: 'https://example.test/p' },
    });
    await database.runs.create({
      id,
      projectId: 'p1',
      intent: '',
      provider: 'local',
      size: { width: 1280, height: 720 },
      keepSandbox: false,
    });
  };

  it('of a run come from its beginning and end with its last state', async () => {
    await newRun('r1');
    await database.outbox.append(
      runState('r1', 'queued'),
      runState('other', 'done'),
      runState('r1', 'building'),
    );
    const following = events('/api/runs/r1/events', Infinity);
    await database.transaction((tx) => tx.outbox.append(runState('r1', 'filming'), runState('r1', 'done')));
    const { type, ids, text, ended } = await following;
    expect(type).toBe('text/event-stream; charset=utf-8');
    expect(ended).toBe(true);
    expect(ids).toHaveLength(4);
    expect([...text.matchAll(/"state":"(\w+)"/g)].map(([, state]) => state)).toEqual([
      'queued',
      'building',
      'filming',
      'done',
    ]);
    expect(text).toContain('event: RUN_STATE\n');
  });

  it('go on after Last-Event-ID, by header or query', async () => {
    const { ids } = await events('/api/runs/r1/events', Infinity);
    const second = ids[1] ?? '';
    expect((await events('/api/runs/r1/events', Infinity, { 'last-event-id': second })).ids).toEqual(
      ids.slice(2),
    );
    expect((await events(`/api/runs/r1/events?lastEventId=${second}`, Infinity)).ids).toEqual(ids.slice(2));
    const both = await events(`/api/runs/r1/events?lastEventId=0`, Infinity, { 'last-event-id': second });
    expect(both.ids).toEqual(ids.slice(2));
  });

  it('of a run that ended before are an empty stream', async () => {
    await database.runs.setState({ id: 'r1', state: 'done', message: 'Done' });
    const { ids } = await events('/api/runs/r1/events', Infinity);
    const rest = await events('/api/runs/r1/events', Infinity, { 'last-event-id': ids.at(-1) ?? '' });
    expect(rest).toMatchObject({ status: 200, ids: [], ended: true });
  });

  it('of everything come from now on, and by project, run and type', async () => {
    const last = await database.outbox.lastId();
    await database.outbox.append(runState('r7', 'queued'), { ...runState('r7', 'x'), type: 'BUILD_STAGE' });
    const found = await events(`/api/events?lastEventId=${last}&runId=r7&types=BUILD_STAGE`, 1);
    expect(found.text).toContain('event: BUILD_STAGE');
    expect(found.text).not.toContain('RUN_STATE');
    expect(await call('/api/events?types=NOTHING')).toMatchObject(problem(400, 'invalid_input'));
    expect(await call('/api/events?lastEventId=x')).toMatchObject(problem(400, 'invalid_input'));
    expect(await call('/api/runs/nothing/events')).toMatchObject(problem(404, 'not_found'));
  });

  it('survive a Redis that dies in between', async () => {
    await newRun('r8');
    const following = events('/api/runs/r8/events', Infinity);
    await redis.kill();
    await database.outbox.append(runState('r8', 'filming'));
    await redis.start();
    await database.outbox.append(runState('r8', 'done'));
    expect((await following).ids).toHaveLength(2);
  });
});

describe('previews', () => {
  const preview = (host: string, path = '/') => ask(previewPort, `${host}:${previewPort}`, path);
  const ask = (listener: number, host: string, path: string) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const socket = connect(listener, '127.0.0.1', () =>
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      );
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('end', () => resolve({ status: Number(text.slice(9, 12)), text }));
      socket.on('error', reject);
    });
  const register = async (sandboxId: string, port: number): Promise<void> => {
    await database.sandboxes.createPending({
      id: sandboxId,
      buildId: 'b',
      projectId: 'p1',
      provider: 'local',
    });
    const upstreamHost = `localhost:${port}`;
    await database.previews.register({
      sandboxId,
      projectId: 'p1',
      url: `http://${sandboxId}.preview.localhost`,
      port,
      upstreamHost,
      path: '/',
    });
  };

  it('show the app of a sandbox under its host name, without a key', async () => {
    await register('sbx-1', inner.port);
    expect(await preview('sbx-1.preview.localhost', '/api/runs')).toMatchObject({ status: 200 });
    expect(inner.seen.headers.host).toBe(`localhost:${inner.port}`);
  });

  it('of other ports open to holders of a link alone, until it is revoked or the sandbox is destroyed', async () => {
    await database.sandboxes.createPending({ id: 'sbx-l', buildId: 'b', projectId: 'p1', provider: 'local' });
    const links = new PreviewLinks({
      key: previewKey(testConfig({ databaseUrl: postgres.url }).INTERNAL_TOKEN),
      store: database.previewLinks,
      base: previewBase({ PREVIEW_PORT: previewPort }),
    });
    const issue = () => links.issue({ sandboxId: 'sbx-l', port: inner.port, expiresInSeconds: 60 });
    const host = `${inner.port}--sbx-l.preview.localhost`;
    expect((await preview(host)).status).toBe(401);
    const { url, linkId } = await issue();
    const { host: linked, pathname, search } = new URL(url);
    expect(linked).toBe(`${host}:${previewPort}`);
    expect(await preview(host, pathname + search)).toMatchObject({
      status: 302,
      text: expect.stringContaining('HttpOnly'),
    });
    await links.revoke(linkId);
    expect((await preview(host, pathname + search)).status).toBe(410);
    const other = await issue();
    expect(await database.previewLinks.listLive('sbx-l')).toMatchObject([
      { linkId: other.linkId, port: inner.port },
    ]);
    await database.sandboxes.markDestroyed('sbx-l');
    expect((await preview(host, `/${new URL(other.url).search}`)).status).toBe(410);
  });

  it('are shown below PREVIEW_BASE_URL, a domain of their own behind TLS', async () => {
    const app = createServer((request, response) =>
      response.writeHead(302, { location: `http://${request.headers.host}/board` }).end(),
    ).listen(0, '127.0.0.1');
    await once(app, 'listening');
    const { port } = app.address() as AddressInfo;
    await register('sbx-tls', port);
    const listener = await freePort();
    const settings = { ...config, PREVIEW_PORT: listener, PREVIEW_BASE_URL: 'https://apps.example.com' };
    const behindTls = await startGateway(settings, routeToPort);
    try {
      const moved = await ask(listener, 'sbx-tls.apps.example.com', '/');
      expect(moved.status).toBe(302);
      expect(moved.text).toMatch(/^location: https:\/\/sbx-tls\.apps\.example\.com\/board\r$/im);
      const { url } = await new PreviewLinks({
        key: previewKey(config.INTERNAL_TOKEN),
        store: database.previewLinks,
        base: previewBase(settings),
      }).issue({ sandboxId: 'sbx-tls', port, expiresInSeconds: 60 });
      const { origin, host, pathname, search } = new URL(url);
      expect(origin).toBe(`https://${port}--sbx-tls.apps.example.com`);
      expect((await ask(listener, host, pathname + search)).text).toMatch(/^set-cookie: .*; Secure/im);
      expect((await ask(listener, 'sbx-tls.preview.localhost', '/')).status).toBe(404);
      expect((await ask(listener, 'apps.example.com', '/')).status).toBe(404);
    } finally {
      await behindTls.close();
      app.close();
    }
  });

  it('answer 404 for a sandbox that is not known or was revoked, 502 for one that is gone or deaf', async () => {
    expect((await preview('nothing.preview.localhost')).status).toBe(404);
    expect((await preview('localhost')).status).toBe(404);
    await register('gone', 1);
    expect((await preview('gone.preview.localhost')).status).toBe(502);
    await register('deaf', 1);
    expect((await preview('deaf.preview.localhost')).status).toBe(502);
    await database.previews.revoke('sbx-1');
    expect((await preview('sbx-1.preview.localhost')).status).toBe(404);
  });
});
