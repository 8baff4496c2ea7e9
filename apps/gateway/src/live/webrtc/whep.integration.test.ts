import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, newApiKey } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { startTestRedis } from '@showrunner/events/testing';
import type { TestRedis } from '@showrunner/events/testing';
import type { RunningService } from '@showrunner/service';
import { testConfig } from '@showrunner/service/testing';
import { freePort } from '@showrunner/contracts/testing';
import { RTCPeerConnection } from 'werift';
import { startGateway } from '../../start';

const KEY = 'sk_the-key-of-who-looks-on';
const SDP = 'application/sdp';
let other = '';
let postgres: TestPostgres;
let redis: TestRedis;
let database: Database;
let gateway: RunningService;
let offer = '';

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  const config = testConfig({ databaseUrl: postgres.url, redisUrl: redis.url });
  database = createDatabase({ url: postgres.url });
  const own = { PREVIEW_PORT: await freePort(), SHOWRUNNER_API_KEY: KEY };
  gateway = await startGateway({ ...config, ...own }, () => Promise.resolve(undefined));
  await database.tenants.ensure('other');
  other = newApiKey();
  await database.apiKeys.ensure(other, { name: 'other', tenantId: 'other', permissions: ['read'] });
  const source = { kind: 'git', url: 'https://example.test/p' } as const;
  await database.projects.create({ id: 'p1', name: 'p', source });
  for (const id of ['going-on', 'over']) {
    const size = { width: 1280, height: 720 };
    await database.runs.create({
      id,
      projectId: 'p1',
      intent: '',
      provider: 'local',
      size,
      keepSandbox: false,
    });
  }
  await database.runs.setState({ id: 'over', state: 'failed', message: 'no' });
  const player = new RTCPeerConnection({ iceServers: [] });
  player.addTransceiver('video', { direction: 'recvonly' });
  offer = (await player.createOffer()).sdp;
  await player.close();
});
afterAll(async () => {
  await gateway?.close();
  await database?.close();
  await Promise.all([postgres?.stop(), redis?.stop()]);
});

const ask = (
  path: string,
  { method = 'POST', key = KEY, type = SDP, body = offer } = {},
): Promise<Response> =>
  fetch(`${gateway.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(method === 'POST' ? { 'content-type': type } : {}) },
    ...(method === 'POST' ? { body } : {}),
  });

describe('the live video of a run', () => {
  it('is answered by SDP that names loopback alone, and ended at its own address, once', async () => {
    const answered = await ask('/api/runs/going-on/whep');
    expect([answered.status, answered.headers.get('content-type')]).toEqual([
      201,
      expect.stringContaining(SDP),
    ]);
    const sdp = await answered.text();
    expect(sdp).toMatch(/^v=0\r\n/);
    expect(sdp).toContain('a=sendonly');
    const hosts = [...sdp.matchAll(/^a=candidate:\S+ \d+ \S+ \d+ (\S+)/gm)].map(([, host]) => host);
    expect(hosts).toEqual(['127.0.0.1']);

    const location = answered.headers.get('location') ?? '';
    expect(location).toMatch(/^\/api\/runs\/going-on\/whep\/[\w-]+$/);
    expect((await ask(location, { method: 'DELETE', key: other })).status).toBe(404);
    expect((await ask(location, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(location, { method: 'DELETE' })).status).toBe(404);
  });

  it.each([
    ['words', { body: 'the film, please' }, 400, 'bad_sdp'],
    ['JSON', { type: 'application/json', body: '{}' }, 415, 'unsupported_media_type'],
    ['an offer without an end', { body: offer + 'a=x\r\n'.repeat(20_000) }, 413, 'too_large'],
  ])('is refused for %s', async (_what, request, status, code) => {
    const answered = await ask('/api/runs/going-on/whep', request);
    expect([answered.status, await answered.json()]).toEqual([status, expect.objectContaining({ code })]);
  });

  it.each([
    ['of another tenant', '/api/runs/going-on/whep', () => other, 404, 'not_found'],
    ['that nobody knows', '/api/runs/none/whep', () => KEY, 404, 'not_found'],
    ['that is over', '/api/runs/over/whep', () => KEY, 409, 'run_ended'],
    ['without a key', '/api/runs/going-on/whep', () => 'sk_wrong', 401, 'unauthorized'],
  ])('is refused of a run %s', async (_what, path, key, status, code) => {
    const answered = await ask(path, { key: key() });
    expect([answered.status, await answered.json()]).toEqual([status, expect.objectContaining({ code })]);
  });
});
