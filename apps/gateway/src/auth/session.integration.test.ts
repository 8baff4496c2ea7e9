import { once } from 'node:events';
import { request as sendRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@showrunner/contracts/testing';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import type { RunningService } from '@showrunner/service';
import { testConfig } from '@showrunner/service/testing';
import { startGateway } from '../start';
import { InnerServices } from '../testing/inner-services';

const KEY = 'sk_the-key-of-the-sign-ins';
let postgres: TestPostgres;
let database: Database;
let gateway: RunningService;
const inner = new InnerServices();

beforeAll(async () => {
  [postgres] = await Promise.all([startTestPostgres(), inner.listen()]);
  database = createDatabase({ url: postgres.url });
  const services = `http://127.0.0.1:${inner.port}`;
  gateway = await startGateway(
    {
      ...testConfig({ databaseUrl: postgres.url }),
      ...{ PREVIEW_PORT: await freePort(), SHOWRUNNER_API_KEY: KEY },
      ...{ PROJECT_URL: services, SANDBOX_URL: services, INTENT_URL: services, EDITOR_URL: services },
    },
    () => Promise.resolve(undefined),
  );
});
afterAll(async () => {
  await gateway.close();
  await database.close();
  await Promise.all([postgres.stop(), inner.close()]);
});

interface Sent {
  method?: string;
  headers?: Record<string, string>;
}
async function ask(path: string, { method = 'GET', headers = {} }: Sent = {}) {
  const response = await fetch(`${gateway.url}${path}`, { method, headers });
  const text = await response.text();
  return {
    status: response.status,
    json: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    cookie: response.headers.get('set-cookie') ?? '',
  };
}
const byKey = (key = KEY) => ({ authorization: `Bearer ${key}` });
const fromStudio = (cookie: string) => ({ cookie, 'x-requested-by': 'studio' });
const pairOf = (cookie: string): string => cookie.split(';')[0] ?? '';
async function signIn(headers: Record<string, string> = byKey()): Promise<string> {
  const answer = await ask('/api/session', { method: 'POST', headers });
  expect(answer.status).toBe(201);
  return pairOf(answer.cookie);
}
const upgrade = async (headers: Record<string, string>): Promise<number | undefined> => {
  const sent = sendRequest(`${gateway.url}/api/nothing`, {
    headers: { connection: 'Upgrade', upgrade: 'websocket', ...headers },
  }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
};

describe('a browser signs in', () => {
  it('with a key, for a cookie that scripts cannot read and other sites do not send', async () => {
    const answer = await ask('/api/session', { method: 'POST', headers: byKey() });
    expect(answer.cookie).toMatch(
      /^showrunner_session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/,
    );
    expect(JSON.stringify(answer.json)).not.toContain(pairOf(answer.cookie).slice(20));
    const behindTls = { ...byKey(), 'x-forwarded-proto': 'https' };
    expect((await ask('/api/session', { method: 'POST', headers: behindTls })).cookie).toMatch(/; Secure$/);
    const seen = await ask('/api/session', { headers: { cookie: pairOf(answer.cookie) } });
    expect(seen).toMatchObject({ status: 200, json: { key: { tenantId: 'default', name: 'bootstrap' } } });
  });

  it('with an address that is good once, and holds its token where browsers send it to nobody', async () => {
    const offered = await ask('/api/sign-ins', { method: 'POST', headers: byKey() });
    const [path, token = ''] = String(offered.json['path']).split('#');
    expect([offered.status, path]).toEqual([201, '/studio/sign-in']);
    const cookie = await signIn({ authorization: `SignIn ${token}` });
    expect((await ask('/api/runs', { headers: { cookie } })).status).toBe(200);
    expect(inner.seen.headers).toMatchObject({ 'x-showrunner-tenant': 'default' });
    expect(inner.seen.headers['cookie']).toBeUndefined();
    expect(inner.seen.headers['x-showrunner-browser-session']).toBeUndefined();
    const again = await ask('/api/session', {
      method: 'POST',
      headers: { authorization: `SignIn ${token}` },
    });
    expect(again).toMatchObject({ status: 401, cookie: '' });
  });

  it('only one of many that come with one token at once', async () => {
    const { json } = await ask('/api/sign-ins', { method: 'POST', headers: byKey() });
    const authorization = `SignIn ${String(json['path']).split('#')[1]}`;
    const all = await Promise.all(
      Array.from({ length: 8 }, () => ask('/api/session', { method: 'POST', headers: { authorization } })),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(401)]);
  });

  it('not with a token or cookie that is late, unknown, or one in the place of the other', async () => {
    const key = await database.apiKeys.ensure('sk_another-key-of-the-sign-ins', { name: 'other' });
    const late = await database.browserSessions.offerSignIn(key.id, -1);
    const token = await database.browserSessions.offerSignIn(key.id, 60_000);
    const session = await database.browserSessions.open(key.id, 60_000);
    const ended = await database.browserSessions.open(key.id, -1);
    for (const headers of [
      { authorization: `SignIn ${late.secret}` },
      { authorization: 'SignIn nonsense' },
      { authorization: `SignIn ${session.secret}` },
      { authorization: `Bearer ${session.secret}` },
      { cookie: `showrunner_session=${token.secret}` },
      { cookie: `showrunner_session=${ended.secret}` },
      { cookie: 'showrunner_session=nonsense' },
    ] as Record<string, string>[])
      expect([headers, (await ask('/api/session', { headers })).status]).toEqual([headers, 401]);
  });
});

describe('a cookie', () => {
  it('changes something only from a page of ours', async () => {
    const cookie = await signIn();
    const post = (headers: Record<string, string>) => ask('/api/runs', { method: 'POST', headers });
    expect((await post({ cookie })).json).toMatchObject({ status: 403, code: 'cross_site_refused' });
    expect((await post({ ...fromStudio(cookie), origin: 'http://127.0.0.1:1' })).status).toBe(403);
    expect((await post({ ...fromStudio(cookie), 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await post({ ...fromStudio(cookie), origin: gateway.url })).status).toBe(200);
    expect((await ask('/api/runs', { headers: { cookie, 'sec-fetch-site': 'cross-site' } })).status).toBe(
      403,
    );
  });

  it('opens no WebSocket for a page of somebody else', async () => {
    const cookie = await signIn();
    expect(await upgrade({ cookie })).toBe(403);
    expect(await upgrade({ cookie, origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await upgrade({ cookie, origin: gateway.url })).toBe(404);
  });

  it('makes neither sessions nor sign-ins: one that was stolen ends with its end', async () => {
    const cookie = await signIn();
    for (const path of ['/api/session', '/api/sign-ins'])
      expect(await ask(path, { method: 'POST', headers: fromStudio(cookie) })).toMatchObject({
        status: 403,
        cookie: '',
      });
  });

  it('opens nothing any more once its browser signed out, wherever a copy of it is', async () => {
    const cookie = await signIn();
    expect((await ask('/api/session', { headers: { cookie } })).status).toBe(200);
    const out = await ask('/api/session', { method: 'DELETE', headers: fromStudio(cookie) });
    expect(out).toMatchObject({ status: 204, cookie: expect.stringContaining('Max-Age=0') });
    expect((await ask('/api/session', { headers: { cookie } })).status).toBe(401);
  });

  it('ends with its key', async () => {
    const key = await database.apiKeys.ensure('sk_a-key-that-is-revoked-soon', { name: 'short' });
    const cookie = await signIn(byKey('sk_a-key-that-is-revoked-soon'));
    expect((await ask('/api/session', { headers: { cookie } })).status).toBe(200);
    await database.apiKeys.revoke(key.id);
    const until = Date.now() + 10_000;
    while ((await ask('/api/session', { headers: { cookie } })).status !== 401)
      expect(Date.now()).toBeLessThan(until);
  });

  it('may do what its key may do', async () => {
    await database.apiKeys.ensure('sk_a-key-that-may-only-write', { name: 'w', permissions: ['write'] });
    const answer = await ask('/api/session', {
      method: 'POST',
      headers: byKey('sk_a-key-that-may-only-write'),
    });
    expect(answer).toMatchObject({ status: 403, json: { code: 'permission_missing' } });
  });
});
