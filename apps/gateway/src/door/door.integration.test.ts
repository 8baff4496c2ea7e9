import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@showrunner/contracts/testing';
import type { Permission } from '@showrunner/contracts';
import { createDatabase, newApiKey } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import type { RunningService } from '@showrunner/service';
import { testConfig } from '@showrunner/service/testing';
import { startGateway } from '../start';
import { InnerServices } from '../testing/inner-services';

const KEY = 'sk_the-key-of-the-operator';
const PAGE = 'https://dashboard.example.com';
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
      ...{ PREVIEW_PORT: await freePort(), SHOWRUNNER_API_KEY: KEY, CORS_ORIGINS: [PAGE] },
      ...{ REQUESTS_PER_MINUTE: 6, FAILED_SIGN_INS_PER_MINUTE: 3, TRUSTED_PROXIES: 1 },
      ...{ PROJECT_URL: services, SANDBOX_URL: services, INTENT_URL: services, EDITOR_URL: services },
    },
    () => Promise.resolve(undefined),
  );
});
afterAll(async () => {
  await gateway?.close();
  await database?.close();
  await Promise.all([postgres?.stop(), inner.close()]);
});

async function newKey(permissions: Permission[] = ['read', 'write'], tenantId = 'default'): Promise<string> {
  const key = newApiKey();
  await database.tenants.ensure(tenantId);
  await database.apiKeys.ensure(key, { name: 'door', tenantId, permissions });
  return key;
}
async function ask(path: string, headers: Record<string, string>, method = 'GET') {
  const response = await fetch(`${gateway.url}${path}`, { method, headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    json: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>,
  };
}
const from = (address: string) => ({ 'x-forwarded-for': `6.6.6.6, ${address}` });

describe('how often may be asked', () => {
  it('is told with every answer, and a key that asks more is refused until the minute is over', async () => {
    const [one, other] = [await newKey(), await newKey()];
    const first = await ask('/api/runs', { 'x-api-key': one });
    expect(first.status).toBe(200);
    expect(first.headers.get('ratelimit-policy')).toMatch(/^"key"; q=6; w=60/);
    expect(first.headers.get('ratelimit')).toMatch(/^"key"; r=5; t=\d+$/);
    for (let count = 1; count < 6; count += 1) await ask('/api/runs', { 'x-api-key': one });
    const refused = await ask('/api/runs', { 'x-api-key': one });
    expect(refused).toMatchObject({ status: 429, json: { code: 'too_many_requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('/api/runs', { 'x-api-key': other })).status).toBe(200);
  });

  it('with a wrong key, by address: it is refused then even with a right one, and no other address is', async () => {
    const key = await newKey();
    for (let count = 0; count < 3; count += 1)
      expect((await ask('/api/runs', { 'x-api-key': 'sk_guess', ...from('1.1.1.1') })).status).toBe(401);
    const refused = await ask('/api/runs', { 'x-api-key': key, ...from('1.1.1.1') });
    expect(refused).toMatchObject({ status: 429, json: { code: 'too_many_requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('/api/runs', { 'x-api-key': key, ...from('2.2.2.2') })).status).toBe(200);
  });
});

describe('pages of other origins', () => {
  let asked = 0;
  const preflight = (origin: string) =>
    ask(
      '/api/runs',
      {
        ...from(`9.9.9.${(asked += 1)}`),
        ...{ origin, 'access-control-request-method': 'POST' },
        'access-control-request-headers': 'authorization,content-type',
      },
      'OPTIONS',
    );

  it('may ask with a key, where the setting names them, and never with a cookie', async () => {
    const { status, headers } = await preflight(PAGE);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, PAGE]);
    expect(headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await ask('/api/runs', { origin: PAGE, 'x-api-key': await newKey() });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, PAGE]);
    expect(answer.headers.get('access-control-expose-headers')).toContain('RateLimit');
    expect((await ask('/api/runs', { origin: PAGE, ...from('3.3.3.3') })).status).toBe(401);
  });

  it.each([
    'https://evil.example',
    'https://dashboard.example.com.evil.example',
    'null',
    'http://dashboard.example.com',
  ])('%s is told nothing', async (origin) => {
    const { status, headers } = await preflight(origin);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, null]);
  });

  it('over TLS, browsers are told to stay with it', async () => {
    const key = await newKey();
    const tls = await ask('/api/runs', {
      'x-api-key': key,
      'x-forwarded-proto': 'https',
      ...from('4.4.4.4'),
    });
    expect(tls.headers.get('strict-transport-security')).toBe('max-age=31536000');
    const plain = await ask('/api/runs', { 'x-api-key': key, ...from('4.4.4.4') });
    expect(plain.headers.get('strict-transport-security')).toBeNull();
  });
});

describe('who did what', () => {
  const audit = async (key: string, query = '') => {
    const answer = await ask(`/api/audit${query}`, { 'x-api-key': key, ...from('5.5.5.5') });
    return { status: answer.status, data: (answer.json['data'] ?? []) as Record<string, unknown>[] };
  };
  const until = async <T>(get: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> => {
    const end = Date.now() + 5_000;
    for (;;) {
      const value = await get();
      if (isRight(value) || Date.now() > end) return value;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  };

  it('is noted of what may change something, refusals too, without bodies and queries', async () => {
    const [writer, owner] = [await newKey(['read', 'write'], 'acme'), await newKey(['manage'], 'acme')];
    const asking = { 'x-api-key': writer, ...from('7.7.7.7') };
    await ask('/api/runs/r1/cancel?secret=1', asking, 'POST');
    await ask('/api/runs', asking);
    expect((await ask('/api/session', { ...asking, 'x-forwarded-for': '8.8.8.8' }, 'POST')).status).toBe(201);
    const { data } = await until(
      () => audit(owner),
      ({ data: seen }) => seen.length >= 2,
    );
    const { id } = await database.apiKeys.verify(writer).then((record) => record!);
    expect(data).toMatchObject([
      {
        method: 'POST',
        path: '/api/session',
        status: 201,
        address: '8.8.8.8',
        apiKeyId: id,
        byBrowser: false,
      },
      { method: 'POST', path: '/api/runs/r1/cancel', status: 200, address: '7.7.7.7', tenantId: 'acme' },
    ]);
    expect(JSON.stringify(data)).not.toMatch(/secret|sk_/);
  });

  it('is shown to who manages the tenant; of others, to operators alone', async () => {
    const [owner, stranger] = [await newKey(['manage'], 'acme'), await newKey(['manage'], 'other')];
    expect((await audit(await newKey(['read', 'write'], 'acme'))).status).toBe(403);
    expect(await audit(stranger)).toEqual({ status: 200, data: [] });
    expect((await audit(stranger, '?tenantId=acme')).status).toBe(403);
    expect((await audit(stranger, '?tenantId=*')).status).toBe(403);
    expect((await audit(owner, '?cursor=x')).status).toBe(400);
    const all = await audit(KEY, '?tenantId=acme&limit=1');
    expect(all.data).toEqual([expect.objectContaining({ tenantId: 'acme' })]);
    expect((await audit(KEY, '?tenantId=*')).data.length).toBeGreaterThanOrEqual(2);
  });
});
