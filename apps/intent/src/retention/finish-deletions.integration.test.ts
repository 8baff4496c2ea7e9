import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId, storageKeys } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database, DeletionRecord } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { Deletions } from '@showrunner/service/deletions';
import { createLogger } from '@showrunner/telemetry';
import type { Temporal } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import { FinishDeletions } from './finish-deletions';

/** A store of objects that fails after so many deletions, as a service that is killed in the middle would. */
class BreakingStore implements Pick<ObjectStore, 'list' | 'delete'> {
  breaksAfter = Number.POSITIVE_INFINITY;
  constructor(readonly keys: Set<string>) {}
  list(prefix: string): ReturnType<ObjectStore['list']> {
    const found = [...this.keys].filter((key) => key.startsWith(prefix));
    return Promise.resolve(found.map((key) => ({ key, bytes: 1, modifiedAtMs: 0 })));
  }
  delete(key: string): Promise<void> {
    this.breaksAfter -= 1;
    if (this.breaksAfter < 0) return Promise.reject(new RangeError('killed'));
    this.keys.delete(key);
    return Promise.resolve();
  }
}

const logger = createLogger({ service: 'test', level: 'silent' });
const histories = new Set<string>();
const temporal = {
  call: (work: (client: object) => Promise<unknown>) =>
    work({
      options: { namespace: 'test' },
      workflowService: {
        deleteWorkflowExecution: (asked: { workflowExecution: { workflowId: string } }) =>
          histories.delete(asked.workflowExecution.workflowId)
            ? Promise.resolve()
            : Promise.reject(Object.assign(new RangeError('not found'), { code: 5 })),
      },
    }),
} as unknown as Temporal;

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

it('a deletion that is killed anywhere goes on: no object and no history is left, and none before its row is gone', async () => {
  const projectId = newId();
  await database.projects.create({
    id: projectId,
    name: 'p',
    source: { kind: 'git', url: 'https://a.test/b' },
  });
  for (const steps of [0, 1, 2, 3]) {
    const id = newId();
    await database.runs.create({
      ...{
        id,
        projectId,
        intent: '',
        provider: 'local',
        size: { width: 640, height: 480 },
        keepSandbox: false,
      },
    });
    await database.runs.setState({ id, state: 'done', message: '' });
    const others = storageKeys.plan(newId());
    const store = new BreakingStore(
      new Set([storageKeys.plan(id), storageKeys.history(id), storageKeys.take(id, 't'), others]),
    );
    histories.add(`run-${id}`);
    const deletions = new Deletions(database, store as unknown as ObjectStore, temporal, logger);
    const rounds = new FinishDeletions(database, deletions, logger);
    const record: DeletionRecord = await database
      .forTenant('default')
      .transaction((tx) => tx.deletions.deleteRun(id));
    expect(await database.runs.find(id)).toBeNull();
    expect(store.keys.size).toBe(4);

    store.breaksAfter = steps;
    const isWhole = await deletions.carryOut(record).catch(() => false);
    expect(isWhole).toBe(steps === 3);
    if (!isWhole) expect(await database.deletions.list(10)).toEqual([record]);
    store.breaksAfter = Number.POSITIVE_INFINITY;
    await rounds.finish();
    expect([...store.keys]).toEqual([others]);
    expect(histories).not.toContain(`run-${id}`);
    expect(await database.deletions.list(10)).toEqual([]);
  }
});
