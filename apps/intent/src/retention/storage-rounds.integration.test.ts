import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId, storageKeys } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { DiskSpace } from '@showrunner/service';
import type { Temporal } from '@showrunner/service';
import { Deletions } from '@showrunner/service/deletions';
import { testConfig } from '@showrunner/service/testing';
import { createObjectStore } from '@showrunner/storage';
import { createLogger } from '@showrunner/telemetry';
import { take } from '../testing/film-fixtures';
import { StorageRounds } from './storage-rounds';

const DAY_MS = 86_400_000;
const logger = createLogger({ service: 'test', level: 'silent' });
const config = testConfig();
const store = createObjectStore(config);
const temporal = { call: () => Promise.resolve() } as unknown as Temporal;
let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
  const source = { kind: 'git', url: 'https://a.test/b' } as const;
  await database.projects.create({ id: 'p1', name: 'p', source });
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

async function filmed(): Promise<string> {
  const id = newId();
  const size = { width: 640, height: 480 };
  await database.runs.create({
    id,
    projectId: 'p1',
    intent: '',
    provider: 'local',
    size,
    keepSandbox: false,
  });
  await database.takes.save(id, take(id));
  await store.put(storageKeys.take(id, 't'), 'x'.repeat(100));
  await database.runs.setState({ id, state: 'done', message: '' });
  return id;
}
const rounds = (runsKeptBytes = 1024 ** 3): StorageRounds =>
  new StorageRounds(
    database,
    store,
    new Deletions(database, store, temporal, logger),
    { runsKeptDays: 90, runsKeptBytes },
    new DiskSpace(config.SHOWRUNNER_HOME, 0),
    logger,
  );

it('objects are compared with rows: what belongs to nothing and what is missing is said; the first goes when asked', async () => {
  const id = await filmed();
  const orphan = storageKeys.plan(newId());
  await store.put(orphan, 'x');
  await utimes(join(config.SHOWRUNNER_HOME, 'objects', orphan), 1, 1);
  await store.delete(storageKeys.take(id, 't'));
  expect(await rounds().report()).toMatchObject({
    ...{ isPruned: false, runs: 1, bytes: 1, byKind: { runs: 1 }, due: [] },
    orphans: [{ key: orphan, bytes: 1 }],
    missing: [{ runId: id, key: storageKeys.take(id, 't') }],
    disk: { freeBytes: expect.any(Number), freeFloorBytes: 0 },
  });
  expect(await store.head(orphan)).not.toBeNull();
  expect(await rounds().prune()).toMatchObject({ isPruned: true });
  expect(await store.head(orphan)).toBeNull();
  await database.transaction((tx) => tx.deletions.deleteRun(id));
  expect(await rounds().report()).toMatchObject({ orphans: [], missing: [], bytes: 0 });
});

it('runs over a limit go with their files, after a dry run has said which', async () => {
  const [older, newer] = [await filmed(), await filmed()];
  const later = Date.now() + DAY_MS;
  const { due } = await rounds(150).report(later);
  expect(due).toEqual([
    expect.objectContaining({
      runId: older,
      bytes: 100,
      reason: expect.stringContaining('All runs together'),
    }),
  ]);
  await rounds(150).prune(later);
  expect(await database.runs.find(older)).toBeNull();
  expect(await store.head(storageKeys.take(older, 't'))).toBeNull();
  expect(await store.head(storageKeys.take(newer, 't'))).not.toBeNull();
  expect((await rounds().report(later + 200 * DAY_MS)).due).toEqual([]);
});
