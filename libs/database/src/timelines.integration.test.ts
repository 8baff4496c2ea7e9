import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@showrunner/contracts';
import { createDatabase } from './database';
import type { Database } from './database';
import { startTestPostgres } from './testing';
import type { TestPostgres } from './testing';

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
  await database.projects.create({ id: 'p', name: 'p', source: { kind: 'git', url: 'https://x.test/p' } });
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

async function filmed(): Promise<string> {
  const id = newId();
  const size = { width: 1280, height: 720 };
  await database.runs.create({ id, projectId: 'p', intent: '', provider: 'local', size, keepSandbox: false });
  await database.timelines.create(id, { title: 'One' });
  return id;
}
const edit = (runId: string, from: number, title: string, id: string = newId()) =>
  database.forTenant('default').transaction(({ timelines }) =>
    timelines.change({
      ...{ runId, id, from, kind: 'edit', document: { title } },
      ...{ operations: [{ op: 'setTitle', title }], inverse: { title: `before ${title}` } },
    }),
  );

describe('timelines', () => {
  it('are made once, and stored as they are changed, with what did it', async () => {
    const runId = await filmed();
    expect(await database.timelines.create(runId, { title: 'Another' })).toMatchObject({
      ...{ runId, version: 1, document: { title: 'One' } },
    });
    expect(await edit(runId, 1, 'Two')).toBe(true);
    expect(await edit(runId, 2, 'Three')).toBe(true);
    expect(await database.timelines.find(runId)).toMatchObject({ version: 3, document: { title: 'Three' } });
    expect(await database.timelines.changes(runId)).toMatchObject([
      { version: 2, kind: 'edit', isKept: true },
      { version: 3, kind: 'edit', isKept: true },
    ]);
    expect(await database.timelines.operations(runId, [3])).toEqual(
      new Map([[3, [{ op: 'setTitle', title: 'Three' }]]]),
    );
    expect(await database.timelines.inverse(runId, 2)).toEqual({ title: 'before Two' });
    expect(await database.timelines.inverse(runId, 9)).toBeNull();
    expect(await database.timelines.inversesAfter(runId, 1)).toMatchObject([{ version: 3 }, { version: 2 }]);
  });

  it('of two writers who have seen the same version, one is too late and changes nothing', async () => {
    const runId = await filmed();
    const done = await Promise.all(['A', 'B', 'C'].map((title) => edit(runId, 1, title)));
    expect(done.filter((one) => one)).toHaveLength(1);
    expect(await database.timelines.find(runId)).toMatchObject({ version: 2 });
    expect(await database.timelines.changes(runId)).toHaveLength(1);
  });

  it('know a write that is repeated because its answer was lost', async () => {
    const runId = await filmed();
    const id = newId();
    expect([await edit(runId, 1, 'Two', id), await edit(runId, 1, 'Two', id)]).toEqual([true, true]);
    expect(await database.timelines.find(runId)).toMatchObject({ version: 2 });
  });

  it('keep what leads back from the last 200 changes, and what all of them did', async () => {
    const runId = await filmed();
    for (let from = 1; from <= 203; from += 1) await edit(runId, from, `T${from}`);
    const changes = await database.timelines.changes(runId);
    expect(changes.filter(({ isKept }) => !isKept).map(({ version }) => version)).toEqual([2, 3, 4]);
    expect(await database.timelines.inverse(runId, 4)).toBeNull();
    expect(await database.timelines.inverse(runId, 5)).toEqual({ title: 'before T4' });
    expect((await database.timelines.operations(runId, [2])).get(2)).toHaveLength(1);
  });
});
