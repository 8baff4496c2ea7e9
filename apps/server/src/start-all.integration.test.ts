import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { startTestRedis } from '@showrunner/events/testing';
import type { TestRedis } from '@showrunner/events/testing';
import type { RunningService } from '@showrunner/service';
import { call as send, openApiRoutes, openPaths, testConfig } from '@showrunner/service/testing';
import type { CallOptions } from '@showrunner/service/testing';
import { startAll } from './start-all';

const KEY = 'key-of-the-server-under-test';
let postgres: TestPostgres;
let redis: TestRedis;
let server: RunningService;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  const config = testConfig({ databaseUrl: postgres.url, redisUrl: redis.url });
  server = await startAll({ ...config, SHOWRUNNER_API_KEY: KEY, SOURCE_ALLOWED_HOSTS: [] });
});
afterAll(async () => {
  await server?.close();
  await Promise.all([postgres?.stop(), redis?.stop()]);
});

const call = (path: string, options: CallOptions = {}) =>
  send(`${server.url}${path}`, {
    token: null,
    ...options,
    headers: { authorization: `Bearer ${KEY}`, ...options.headers },
  });

describe('all services as one', () => {
  it('answer every described route themselves, and no other', () => {
    const lines = (routes: readonly { method: string; path: string }[]) =>
      routes.map(({ method, path }) => `${method} ${path}`).sort();
    expect(lines(server.routes)).toEqual(lines(openApiRoutes()));
  });

  it('let nobody in without a key, but for health and where somebody comes in without one', async () => {
    const open = openPaths();
    for (const { method, path } of [...server.routes, { method: 'GET', path: '/nothing' }]) {
      const asked = path.replace(/[:*]\w+/g, 'x1');
      if (open.has(asked) && path !== '/healthz') continue;
      const { status } = await send(`${server.url}${asked}`, { method, token: null });
      expect([method, path, status]).toEqual([method, path, path === '/healthz' ? 200 : 401]);
    }
  });

  it('take the internal token of split services for no key', async () => {
    expect((await send(`${server.url}/api/runs`)).status).toBe(401);
  });

  it.each([
    ['/api/openapi.json', 200],
    ['/api/projects', 200],
    ['/api/sandboxes', 200],
    ['/api/runs', 200],
    ['/api/plans/none', 404],
    ['/api/exports/none', 404],
  ])('answer %s with %i by the service that owns it', async (path, status) => {
    const answer = await call(path);
    expect(answer.status).toBe(status);
    expect(answer.json['code']).not.toBe('unknown_route');
  });

  it('keep the body rules of each service: one megabyte, more for a history, archives as they come', async () => {
    const large = { padding: 'x'.repeat(2 * 1024 * 1024) };
    expect((await call('/api/runs', { json: large })).status).toBe(413);
    expect((await call('/api/runs/replay', { json: large })).status).toBe(400);
    const form = new FormData();
    form.append('project', 'no JSON');
    expect((await call('/api/projects', { body: form })).status).toBe(400);
    expect((await call('/api/runs', { body: form })).status).toBe(415);
  });

  it('say that Temporal is away', async () => {
    expect(await call('/readyz')).toMatchObject({ status: 503, json: { code: 'not_ready' } });
  });

  it.each([
    ['/api/sandboxes/none/stream', {}, 401],
    ['/api/sandboxes/none/stream', { authorization: `Bearer ${KEY}` }, 404],
    ['/api/runs', { authorization: `Bearer ${KEY}` }, 404],
  ])('answer a WebSocket at %s with %j by %i', async (path, headers, status) => {
    const asked = request(`${server.url}${path}`, {
      headers: {
        ...headers,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    }).end();
    const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(status);
  });
});
