import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PERMISSIONS } from '@showrunner/contracts';
import { loadOf } from '@showrunner/contracts/testing';
import { createDatabase, newApiKey } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { startTestRedis } from '@showrunner/events/testing';
import type { TestRedis } from '@showrunner/events/testing';
import type { RunningService } from '@showrunner/service';
import { startTestTemporal, testConfig } from '@showrunner/service/testing';
import type { TestTemporal } from '@showrunner/service/testing';
import { createObjectStore } from '@showrunner/storage';
import { startAll } from './start-all';
import { ownedThings } from './testing/owned-things';
import { schemathesisConfig } from './testing/schemathesis/config';
import { runSchemathesis } from './testing/schemathesis/run-schemathesis';

const DOCUMENT = resolve(import.meta.dirname, '../../../docs/openapi.json');
let postgres: TestPostgres;
let redis: TestRedis;
let temporal: TestTemporal;
let server: RunningService;
let database: Database;
let config: string;

beforeAll(async () => {
  [postgres, redis, temporal] = await Promise.all([
    startTestPostgres(),
    startTestRedis(),
    startTestTemporal(),
  ]);
  const settings = testConfig({ databaseUrl: postgres.url, redisUrl: redis.url, temporal });
  database = createDatabase({ url: postgres.url });
  const things = await ownedThings(database, createObjectStore(settings), 'acme');
  const key = newApiKey();
  await database.apiKeys.ensure(key, { name: 'all', tenantId: 'acme', permissions: [...PERMISSIONS] });
  config = schemathesisConfig(key, things);
  server = await startAll({ ...settings, SOURCE_ALLOWED_HOSTS: [] });
});
afterAll(async () => {
  await server?.close();
  await database?.close();
  await Promise.all([postgres?.stop(), redis?.stop(), temporal?.stop()]);
});

it('every answer is as the OpenAPI document describes it', async () => {
  const phases = loadOf({ bounded: 1, full: 2 }) === 1 ? 'fuzzing' : 'coverage,fuzzing';
  const examples = loadOf({ bounded: 2, full: 100 });
  const { findings, requests } = await runSchemathesis(DOCUMENT, server.url, config, [
    ...['--phases', phases, '--max-examples', String(examples), '--seed', '7'],
  ]);
  expect(findings).toEqual([]);
  expect(requests).toBeGreaterThan(100);
}, 3_600_000);
