import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@showrunner/contracts/testing';
import type { GatewayConfig } from '@showrunner/config';
import { createDatabase, newApiKey } from '@showrunner/database';
import type { Database, NewApiKey } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { startTestRedis } from '@showrunner/events/testing';
import type { TestRedis } from '@showrunner/events/testing';
import type { RunningService } from '@showrunner/service';
import { call as send, testConfig } from '@showrunner/service/testing';
import { startGateway } from '../start';

const KEY = 'key-of-the-gateway-under-test';
let postgres: TestPostgres;
let redis: TestRedis;
let database: Database;
let config: GatewayConfig;
let gateway: RunningService;
const nowhere = () => Promise.resolve(undefined);

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  database = createDatabase({ url: postgres.url });
  config = {
    ...testConfig({ databaseUrl: postgres.url, redisUrl: redis.url }),
    PREVIEW_PORT: await freePort(),
    SHOWRUNNER_API_KEY: KEY,
  };
  gateway = await startGateway(config, nowhere);
});
afterAll(async () => {
  await gateway?.close();
  await database?.close();
  await Promise.all([postgres?.stop(), redis?.stop()]);
});

describe('a key that ends', () => {
  const open = async (key: string): Promise<{ status: number; ended: Promise<boolean> }> => {
    const response = await fetch(`${gateway.url}/api/events`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const ended = response.text().then(
      () => true,
      () => true,
    );
    return { status: response.status, ended };
  };
  const newKey = async (facts: Omit<NewApiKey, 'name'> = {}) => {
    const key = newApiKey();
    return { key, id: (await database.apiKeys.ensure(key, { name: 'ends', ...facts })).id };
  };
  const statusOf = async (key: string, path = '/'): Promise<number> =>
    (await send(`${gateway.url}${path}`, { token: null, headers: { 'x-api-key': key } })).status;

  it('fault 4: is refused at once although it was good a moment before, and its event streams end', async () => {
    const { key, id } = await newKey();
    const stream = await open(key);
    expect([stream.status, await statusOf(key)]).toEqual([200, 200]);
    await database.apiKeys.revoke(id);
    expect(await stream.ended).toBe(true);
    expect(await statusOf(key)).toBe(401);
  }, 10_000);

  it('is refused from its end on', async () => {
    const { key } = await newKey({ expiresAt: new Date(Date.now() + 1_500) });
    const stream = await open(key);
    expect([stream.status, await statusOf(key)]).toEqual([200, 200]);
    expect(await stream.ended).toBe(true);
    expect(await statusOf(key)).toBe(401);
  }, 20_000);

  it('fault 4: of the setting gives way to the next one that the setting names', async () => {
    const own = await startTestPostgres();
    const settings = { ...config, DATABASE_URL: own.url, PREVIEW_PORT: await freePort() };
    const statusAt = async (at: RunningService, key: string): Promise<number> =>
      (await send(`${at.url}/`, { token: null, headers: { 'x-api-key': key } })).status;
    const first = await startGateway(settings, nowhere);
    expect(await statusAt(first, KEY)).toBe(200);
    const next = newApiKey();
    const second = await startGateway(
      { ...settings, PREVIEW_PORT: await freePort(), SHOWRUNNER_API_KEY: next },
      nowhere,
    );
    expect([await statusAt(second, next), await statusAt(second, KEY)]).toEqual([200, 401]);
    // The one that still runs with the old setting has heard of it.
    for (const until = Date.now() + 2_000; (await statusAt(first, KEY)) !== 401;)
      expect(Date.now()).toBeLessThan(until);
    await Promise.all([first.close(), second.close()]);
  }, 20_000);

  it('of less than a route asks is refused there, and a signed link reads alone', async () => {
    const { key } = await newKey({ permissions: ['write'] });
    expect(await statusOf(key, '/api/openapi.json')).toBe(403);
    expect(await statusOf(KEY, '/api/openapi.json')).toBe(200);
  });
});
