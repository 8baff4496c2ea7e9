import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { createLogger } from '@showrunner/telemetry';
import { AUDIT_KEPT_MS, EVENTS_KEPT_MS, ForgetOldRows, IDEMPOTENCY_KEYS_KEPT_MS } from './forget-old-rows';

const MINUTE_MS = 60_000;
let postgres: TestPostgres;
let database: Database;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

it('forgets what nobody can ask for any more, and never an event that is not on the bus yet', async () => {
  const housekeeping = new ForgetOldRows(database, createLogger({ service: 'test', level: 'silent' }));
  const key = { scope: 'k POST /api/runs', key: 'a', requestHash: 'h' };
  await database.idempotencyKeys.begin(key);
  for (const runId of ['published', 'waiting'])
    await database.transaction((tx) =>
      tx.outbox.append({ type: 'RUN_STATE', projectId: 'p', runId, data: {} }),
    );
  const [published] = await database.outbox.readAfter(0n, {}, 1);
  await database.outbox.markPublished([BigInt(published?.id ?? 0)]);

  await database.audit.add([
    {
      ...{
        tenantId: 'acme',
        apiKeyId: 'k',
        userId: null,
        byBrowser: false,
        address: '1.1.1.1',
        requestId: null,
      },
      ...{ method: 'POST', path: '/api/runs', status: 202, createdAt: new Date() },
    },
  ]);

  const now = Date.now();
  expect(await housekeeping.forget(now)).toEqual({ events: 0, idempotencyKeys: 0, auditEntries: 0 });
  expect(await housekeeping.forget(now + IDEMPOTENCY_KEYS_KEPT_MS + MINUTE_MS)).toEqual({
    events: 0,
    idempotencyKeys: 1,
    auditEntries: 0,
  });
  expect(await housekeeping.forget(now + EVENTS_KEPT_MS + MINUTE_MS)).toEqual({
    events: 1,
    idempotencyKeys: 0,
    auditEntries: 0,
  });
  expect((await housekeeping.forget(now + AUDIT_KEPT_MS + MINUTE_MS)).auditEntries).toBe(1);
  const left = await database.outbox.readAfter(0n, {}, 10);
  expect(left.map(({ runId }) => runId)).toEqual(['waiting']);
  expect(await database.idempotencyKeys.begin(key)).toEqual({ kind: 'new' });
});
