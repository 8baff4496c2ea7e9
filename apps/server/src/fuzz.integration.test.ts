import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { startTestRedis } from '@showrunner/events/testing';
import type { TestRedis } from '@showrunner/events/testing';
import type { RunningService } from '@showrunner/service';
import { startTestTemporal, testConfig } from '@showrunner/service/testing';
import type { TestTemporal } from '@showrunner/service/testing';
import { startAll } from './start-all';
import { runFuzz } from './testing/fuzz/run-fuzz';

const KEY = 'sk_the-key-of-the-fuzzed-server';
let postgres: TestPostgres;
let redis: TestRedis;
let temporal: TestTemporal;
let server: RunningService;

beforeAll(async () => {
  [postgres, redis, temporal] = await Promise.all([
    startTestPostgres(),
    startTestRedis(),
    startTestTemporal(),
  ]);
  const config = testConfig({ databaseUrl: postgres.url, redisUrl: redis.url, temporal });
  server = await startAll({ ...config, SHOWRUNNER_API_KEY: KEY, SOURCE_ALLOWED_HOSTS: [] });
});
afterAll(async () => {
  await server?.close();
  await Promise.all([postgres?.stop(), redis?.stop(), temporal?.stop()]);
});

it('no request and no upload that is wrong somewhere is answered with 500 and more, or by nobody', async () => {
  const { statuses, faults, silent } = await runFuzz({
    url: server.url,
    key: KEY,
    openApiFile: resolve(import.meta.dirname, '../../../docs/openapi.json'),
    requests: 400,
    uploads: 150,
    seed: 7,
  });
  expect({ faults, silent }).toEqual({ faults: [], silent: [] });
  // They get past the door: most are refused for what is wrong with them, some are taken.
  expect(statuses['400']).toBeGreaterThan(100);
  expect(statuses['404']).toBeGreaterThan(20);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
}, 90_000);
