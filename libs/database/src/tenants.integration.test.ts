import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportIdOf, newId, sandboxIdOf } from '@showrunner/contracts';
import { actionRecord } from '@showrunner/contracts/testing';
import { connect } from './connection/client';
import { createDatabase } from './index';
import type { Database } from './index';
import { startTestPostgres } from './testing';
import type { TestPostgres } from './testing';

let postgres: TestPostgres;
let database: Database;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
  for (const id of ['acme', 'other']) await database.tenants.ensure(id);
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

const source = { kind: 'git', url: 'https://example.org/app.git' } as const;
const SIZE = { width: 1280, height: 720 };

/** A project of acme with everything that a film leaves, written as workers write it: without a word of whose it is. */
async function filmed() {
  const [projectId, runId, intentId] = [newId(), newId(), newId()];
  await database.forTenant('acme').projects.create({ id: projectId, name: 'shop', source });
  await database.intents.create({ id: intentId, projectId, text: 'the cart' });
  const run = { id: runId, projectId, intentId, intent: '', provider: 'local', size: SIZE } as const;
  await database.runs.create({ ...run, keepSandbox: false });
  await database.builds.create({ id: runId, projectId, runId });
  const sandboxId = sandboxIdOf(runId);
  await database.sandboxes.createPending({
    id: sandboxId,
    buildId: runId,
    projectId,
    provider: 'local',
    tenantId: 'acme',
  });
  await database.previews.register({
    sandboxId,
    projectId,
    url: 'http://x',
    port: 80,
    upstreamHost: 'localhost:80',
    path: '/',
  });
  await database.actions.append({
    runId,
    film: 1,
    sessionId: `s-${runId}`,
    takeId: 't',
    record: actionRecord(),
  });
  await database.exports.save({ id: exportIdOf(runId), runId, state: 'done' });
  await database.timelines.create(runId, { title: 'One' });
  await database.outbox.append({ type: 'RUN_STATE', projectId, runId, data: { state: 'queued' } });
  await database.outbox.append({
    type: 'SANDBOX_CREATED',
    projectId: null,
    runId: null,
    data: { sandboxId },
  });
  return { projectId, runId, intentId, sandboxId, exportId: exportIdOf(runId) };
}

describe('forTenant', () => {
  it('every table that says whose its rows are is filled in by the database', async () => {
    const { runId } = await filmed();
    const { prisma } = connect({ url: postgres.url, poolSize: 1 });
    const owners = await prisma.$queryRaw<{ tenant_id: string }[]>`
      SELECT tenant_id FROM runs WHERE id = ${runId} UNION ALL SELECT tenant_id FROM builds WHERE id = ${runId}
      UNION ALL SELECT tenant_id FROM actions WHERE run_id = ${runId} UNION ALL SELECT tenant_id FROM sessions WHERE run_id = ${runId}
      UNION ALL SELECT tenant_id FROM exports WHERE run_id = ${runId} UNION ALL SELECT tenant_id FROM outbox WHERE run_id = ${runId}
      UNION ALL SELECT tenant_id FROM timelines WHERE run_id = ${runId}
      UNION ALL SELECT tenant_id FROM outbox WHERE data->>'sandboxId' = ${sandboxIdOf(runId)}`;
    await prisma.$disconnect();
    expect(owners.map(({ tenant_id }) => tenant_id)).toEqual(Array<string>(8).fill('acme'));
  });

  it('fault 2 of the REST side: to another tenant nothing of it is there', async () => {
    const { projectId, runId, intentId, sandboxId, exportId } = await filmed();
    const theirs = database.forTenant('other');
    const missing = expect.objectContaining({ code: 'not_found' });
    for (const ask of [
      () => theirs.projects.get(projectId),
      () => theirs.intents.get(intentId),
      () => theirs.runs.get(runId),
      () => theirs.runReports.get(runId),
      () => theirs.builds.get(runId),
      () => theirs.sandboxes.get(sandboxId),
      () => theirs.exports.get(exportId),
    ])
      await expect(ask()).rejects.toEqual(missing);
    expect(await theirs.previews.find(sandboxId)).toBeNull();
    expect(await theirs.actions.list(runId)).toEqual([]);
    expect(await theirs.exports.listByRun(runId)).toEqual([]);
    expect(await theirs.timelines.find(runId)).toBeNull();
    expect(await theirs.outbox.readAfter(0n, { runId }, 10)).toEqual([]);
    for (const page of [theirs.projects, theirs.runs, theirs.intents, theirs.builds, theirs.sandboxes])
      expect((await page.list({ limit: 100 })).data).toEqual([]);
  });

  it('another tenant changes nothing of it', async () => {
    const { projectId, runId, sandboxId, exportId } = await filmed();
    const theirs = database.forTenant('other');
    expect(await theirs.projects.markDeleted(projectId)).toBe(false);
    expect(await theirs.runs.requestStop(runId, 'kill')).toBe(false);
    expect(await theirs.runs.setState({ id: runId, state: 'failed', message: '' })).toBe('nothing');
    expect(await theirs.exports.setProgress(exportId, 1)).toBe(false);
    const change = { kind: 'edit', operations: [], document: {}, inverse: {} } as const;
    const late = { runId, id: newId(), from: 1, ...change, operations: [] };
    expect(await theirs.transaction(({ timelines }) => timelines.change(late))).toBe(false);
    expect(await theirs.sandboxes.setDesired(sandboxId, 'destroyed')).toBe(false);
    await theirs.runs.addNotes(runId, ['seen']);
    await theirs.transaction(({ runs }) => runs.setOutcomes(runId, [], ['x']));
    const run = await database.forTenant('acme').runs.get(runId);
    expect(run).toMatchObject({ state: 'queued', notes: [], divergences: [], stopRequested: null });
  });

  it('nothing can be made of what is another’s', async () => {
    const { projectId } = await filmed();
    const theirs = database.forTenant('other');
    const run = { id: newId(), projectId, intent: '', provider: 'local', size: SIZE } as const;
    await expect(theirs.runs.create({ ...run, keepSandbox: false })).rejects.toThrow(
      /belongs to is not there/,
    );
    await expect(theirs.intents.create({ id: newId(), projectId, text: 'x' })).rejects.toThrow(
      /belongs to is not there/,
    );
    await expect(database.runs.create({ ...run, tenantId: 'other', keepSandbox: false })).rejects.toThrow(
      /belongs to is not there/,
    );
  });

  it('sees its own, also within a transaction, and writes it in its own name', async () => {
    const { runId } = await filmed();
    const own = database.forTenant('acme');
    expect(await own.transaction(({ runs }) => runs.get(runId))).toMatchObject({
      id: runId,
      tenantId: 'acme',
    });
    await own.runs.addNotes(runId, ['mine']);
    expect(await own.runReports.get(runId)).toMatchObject({ id: runId, notes: ['mine'] });
    const id = newId();
    await own.projects.create({ id, tenantId: 'other', name: 'mine', source });
    expect(await database.forTenant('other').projects.find(id)).toBeNull();
    expect(await own.projects.find(id)).toMatchObject({ id });
  });
});
