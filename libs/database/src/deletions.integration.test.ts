import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS, clipIdOf, exportIdOf, newId, sandboxIdOf } from '@showrunner/contracts';
import type { Plan } from '@showrunner/contracts';
import { actionRecord } from '@showrunner/contracts/testing';
import { connect } from './connection/client';
import { createDatabase } from './index';
import type { Database, NewSandbox } from './index';
import { startTestPostgres } from './testing';
import type { TestPostgres } from './testing';

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

const source = { kind: 'git', url: 'https://example.org/app.git' } as const;
const SIZE = { width: 1280, height: 720 };
const body: Plan = {
  ...{ schemaVersion: 1, videoType: 'demo', title: 'Shop', intent: '', planner: 'rules' },
  features: [],
  rejected: [],
};

async function project(tenantId: string): Promise<string> {
  await database.tenants.ensure(tenantId);
  const id = newId();
  await database.forTenant(tenantId).projects.create({ id, name: 'shop', source });
  return id;
}

/** A run with something in every table below it. */
async function filmed(projectId: string): Promise<string> {
  const runId = newId();
  const [sandboxId, intentId] = [sandboxIdOf(runId), newId()];
  await database.intents.create({ id: intentId, projectId, text: 'the cart' });
  const run = { id: runId, projectId, intentId, intent: '', provider: 'local', size: SIZE } as const;
  await database.runs.create({ ...run, keepSandbox: false });
  await database.builds.create({ id: runId, projectId, runId });
  await database.sandboxes.createPending({
    id: sandboxId,
    buildId: runId,
    projectId,
    runId,
    provider: 'local',
  });
  await database.previews.register({
    ...{ sandboxId, projectId, url: 'http://x', port: 80, upstreamHost: 'localhost:80', path: '/' },
  });
  const { id: planId, hash } = await database.plans.store({ id: newId(), projectId, runId, body });
  await database.runs.setPlan(runId, planId, hash);
  await database.actions.append({
    ...{ runId, film: 1, sessionId: `s-${runId}`, takeId: `t-${runId}`, record: actionRecord() },
  });
  const clip = { clipId: clipIdOf(runId, 1), number: 1, feature: 'f', takeId: 't', startMs: 0, endMs: 1 };
  await database.clips.replaceForRun(runId, [clip]);
  await database.exports.save({ id: exportIdOf(runId), runId, state: 'done' });
  await database.timelines.create(runId, { title: 'One' });
  const change = { kind: 'edit', operations: [], document: { title: 'Two' }, inverse: {} } as const;
  await database.timelines.change({ runId, id: newId(), from: 1, ...change, operations: [] });
  await database.outbox.append({ type: 'RUN_STATE', projectId, runId, data: { state: 'done' } });
  await database.runs.setState({ id: runId, state: 'done', message: '' });
  return runId;
}

/** Tables, of all there are, in which a column holds this text. */
async function tablesWith(id: string): Promise<string[]> {
  const { prisma } = connect({ url: postgres.url, poolSize: 1 });
  const columns = await prisma.$queryRaw<{ table_name: string; column_name: string }[]>`
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text' AND table_name <> 'deletions'`;
  const found = new Set<string>();
  for (const { table_name: table, column_name: column } of columns) {
    const rows = await prisma.$queryRawUnsafe<object[]>(
      `SELECT 1 FROM "${table}" WHERE "${column}" = $1 LIMIT 1`,
      id,
    );
    if (rows.length > 0) found.add(table);
  }
  await prisma.$disconnect();
  return [...found].sort();
}
const of = (tenantId: string) => database.forTenant(tenantId);

describe('a run', () => {
  it('goes with everything below it, and leaves a record of its objects and histories', async () => {
    const projectId = await project('acme');
    const runId = await filmed(projectId);
    expect(await tablesWith(runId)).toEqual(expect.arrayContaining(['timeline_changes', 'timelines']));
    expect((await tablesWith(runId)).length).toBeGreaterThan(7);
    const record = await of('acme').transaction((tx) => tx.deletions.deleteRun(runId));
    expect(record).toEqual({
      id: `run-${runId}`,
      tenantId: 'acme',
      prefixes: [`runs/${runId}/`, `exports/${exportIdOf(runId)}/`, `builds/${runId}/`],
      workflows: [`run-${runId}`, `film-${runId}`, `export-${exportIdOf(runId)}`, `build-${runId}`],
      sandboxes: [],
    });
    // Its sandbox is a thing of its own.
    expect(await tablesWith(runId)).toEqual(['sandboxes']);
    expect(await database.deletions.list(10)).toContainEqual(record);
    await database.transaction((tx) => tx.deletions.finish(record));
    expect(await database.deletions.list(10)).not.toContainEqual(record);
  });

  it('takes its plan along only where no other run films it', async () => {
    const projectId = await project('acme');
    const [first, second] = [await filmed(projectId), await filmed(projectId)];
    const { planId, planHash } = await database.runs.get(first);
    await database.runs.setPlan(second, planId!, planHash!);
    await of('acme').transaction((tx) => tx.deletions.deleteRun(first));
    expect(await database.plans.find(planId!)).not.toBeNull();
  });

  it('is not there for another tenant, nor while it goes on', async () => {
    const projectId = await project('acme');
    const runId = await filmed(projectId);
    await database.tenants.ensure('other');
    await expect(of('other').transaction((tx) => tx.deletions.deleteRun(runId))).rejects.toMatchObject({
      code: 'not_found',
    });
    await database.exports.save({ id: newId(), runId, state: 'rendering' });
    await expect(of('acme').transaction((tx) => tx.deletions.deleteRun(runId))).rejects.toMatchObject({
      code: 'run_in_use',
      message: expect.stringContaining('is still being rendered'),
    });
    const going = newId();
    await database.runs.create({
      ...{ id: going, projectId, intent: '', provider: 'local', size: SIZE, keepSandbox: false },
    });
    await expect(of('acme').transaction((tx) => tx.deletions.deleteRun(going))).rejects.toMatchObject({
      code: 'run_in_use',
      status: 409,
    });
  });
});

describe('a project', () => {
  it('goes with its runs; its sandboxes are to be destroyed first', async () => {
    const projectId = await project('acme');
    const runId = await filmed(projectId);
    const record = await of('acme').transaction((tx) => tx.deletions.deleteProject(projectId));
    expect(record.prefixes).toContain(`projects/${projectId}/`);
    expect(record.sandboxes).toEqual([sandboxIdOf(runId)]);
    expect(await tablesWith(projectId)).toEqual([]);
    expect(await database.deletions.sandboxesLeft(record)).toEqual([sandboxIdOf(runId)]);
    await database.sandboxes.markDestroyed(sandboxIdOf(runId));
    expect(await database.deletions.sandboxesLeft(record)).toEqual([]);
    await database.transaction((tx) => tx.deletions.finish(record));
    expect(await tablesWith(sandboxIdOf(runId))).toEqual([]);
  });

  it.each(['queued', 'building'])('stays while a build of it is %s', async (state) => {
    const projectId = await project('acme');
    const id = newId();
    await database.builds.create({ id, projectId });
    await database.builds.setState({ id, state, message: '' });
    await expect(of('acme').transaction((tx) => tx.deletions.deleteProject(projectId))).rejects.toMatchObject(
      { code: 'project_in_use', message: expect.stringContaining(id) },
    );
  });
});

it('a tenant goes with all that is its own, and nothing of another', async () => {
  const runId = await filmed(await project('leaving'));
  const stays = await filmed(await project('staying'));
  await database.apiKeys.ensure('sr_a-key-of-who-leaves', {
    name: 'k',
    tenantId: 'leaving',
    permissions: ['read'],
  });
  const record = await database.transaction((tx) => tx.deletions.deleteTenant('leaving'));
  expect(await database.tenants.find('leaving')).toBeNull();
  expect(await database.tenants.create('leaving', {})).toBeNull();
  expect(await database.apiKeys.list('leaving')).toEqual([]);
  await database.sandboxes.markDestroyed(sandboxIdOf(runId));
  await database.transaction((tx) => tx.deletions.finish(record));
  expect(await tablesWith('leaving')).toEqual([]);
  expect(await tablesWith(stays)).toContain('runs');
  expect(await database.tenants.create('leaving', {})).not.toBeNull();
});

it('tenant deleted in the middle of requests: what they add is refused, or goes along; the deletion ends', async () => {
  const projectId = await project('raced');
  const raced = database.forTenant('raced');
  const run = { id: newId(), projectId, intent: '', provider: 'local', size: SIZE } as const;
  const added = Array.from({ length: 6 }, () =>
    raced.projects.create({ id: newId(), name: 'late', source }).then(
      () => 'added',
      (error: unknown) => (error as { code?: unknown }).code,
    ),
  );
  const record = await database.transaction((tx) => tx.deletions.deleteTenant('raced'));
  for (const outcome of await Promise.all(added)) expect(['added', 'not_found']).toContain(outcome);
  const refused = { code: 'not_found', status: 404 };
  await expect(raced.projects.create({ id: newId(), name: 'late', source })).rejects.toMatchObject(refused);
  await expect(database.runs.create({ ...run, keepSandbox: false })).rejects.toMatchObject(refused);
  const sandbox: NewSandbox = {
    ...{
      id: sandboxIdOf(newId()),
      tenantId: 'raced',
      purpose: 'api' as const,
      provider: 'local' as const,
      labels: {},
    },
    ...{ environment: {}, ephemeral: false, idleTimeoutMs: 900_000, autoArchiveMs: null, autoDeleteMs: null },
    ...{ deadlineAt: null, network: null, requested: DEFAULT_LIMITS },
  };
  await expect(raced.sandboxes.enqueue(sandbox)).rejects.toMatchObject(refused);
  await database.transaction((tx) => tx.deletions.finish(record));
  expect(await database.tenants.create('raced', {})).not.toBeNull();
});

it('plans stay as unchangeable as they were, and no statement but a deletion takes one', async () => {
  const { planId } = await database.runs.get(await filmed(await project('acme')));
  const { prisma } = connect({ url: postgres.url, poolSize: 1 });
  await expect(prisma.plan.deleteMany({ where: { id: planId! } })).rejects.toThrow(/Foreign key|restrict/i);
  await prisma.$disconnect();
});
