import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, OWN_PERMISSIONS, sandboxIdOf } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { PERMISSIONS_HEADER, TENANT_HEADER } from '@showrunner/service';
import type { RunningService } from '@showrunner/service';
import { call, testConfig } from '@showrunner/service/testing';
import type { CallResult } from '@showrunner/service/testing';
import { startIntent } from '../start';
import { planBody } from '../testing/film-fixtures';

/** Temporal is away: what is accepted is stored, and that is what counts. */
let postgres: TestPostgres;
let database: Database;
let service: RunningService;
let tenant: string;
let projectId: string;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
  service = await startIntent({
    ...testConfig({ databaseUrl: postgres.url }),
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    SANDBOX_ON_LOST: 'fail',
    TENANT_MAX_RUNS: 3,
    TENANT_RUNS_PER_MINUTE: 5,
    TENANT_BUDGET_USD: 1,
  });
}, 60_000);
afterAll(async () => {
  await service?.close();
  await database?.close();
  await postgres?.stop();
});
beforeEach(async () => {
  tenant = `t-${newId()}`.toLowerCase();
  projectId = newId();
  await database.tenants.ensure(tenant);
  await own().projects.create({
    id: projectId,
    name: 'p',
    source: { kind: 'git', url: 'https://a.test/b' },
  });
});

const own = () => database.forTenant(tenant);
const ask = (path: string, json: object, headers: Record<string, string> = {}): Promise<CallResult> =>
  call(`${service.url}${path}`, {
    json,
    headers: { ...headers, [TENANT_HEADER]: tenant, [PERMISSIONS_HEADER]: OWN_PERMISSIONS.join(',') },
  });
const film = (json: object = {}, headers = {}) => ask('/api/runs', { projectId, ...json }, headers);
/** Runs that were begun before: without waiting for Temporal. */
const begun = async (count: number): Promise<void> => {
  const run = { projectId, intent: '', provider: 'local', keepSandbox: false } as const;
  for (let at = 0; at < count; at += 1)
    await own().runs.create({ ...run, id: newId(), size: { width: 640, height: 480 } });
};
const endAll = async (): Promise<void> => {
  for (const { id } of (await own().runs.list({ limit: 100 })).data)
    await own().runs.setState({ id, state: 'done', message: '' });
};
const refused = (status: number, code: string) => ({
  status,
  json: { code, detail: expect.any(String), remedy: expect.any(String) },
});

describe('the quotas of runs', () => {
  it('count what has not ended, films and what is driven by hand alike, and give room when one ends', async () => {
    await begun(1);
    expect((await film()).status).toBe(202);
    const first = await ask('/api/sessions', { projectId });
    expect([first.status, first.json['code']]).toEqual([202, undefined]);
    const more = await film();
    expect(more).toMatchObject(refused(429, 'run_limit_reached'));
    expect(more.headers.get('retry-after')).toBe('30');
    expect(await ask('/api/sessions', { projectId })).toMatchObject(refused(429, 'run_limit_reached'));
    await endAll();
    expect((await film()).status).toBe(202);
  });

  it('store nothing of what they refuse, and never refuse what was accepted before', async () => {
    const key = { 'idempotency-key': 'again' };
    const accepted = await film({}, key);
    await begun(2);
    const { title, features } = planBody;
    expect(await film({ plan: { title, features } })).toMatchObject(refused(429, 'run_limit_reached'));
    expect((await own().plans.list({ limit: 10 })).data).toEqual([]);
    expect((await film({}, key)).json['id']).toBe(accepted.json['id']);
  });

  it('count what is asked for in a minute', async () => {
    await begun(4);
    await endAll();
    expect((await film()).status).toBe(202);
    await endAll();
    const more = await film();
    expect(more).toMatchObject(refused(429, 'run_rate_limited'));
    expect(Number(more.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('let no two through at once where there is room for one', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => film()));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 429, 429, 429, 429, 429]);
  });

  it('are a tenant’s own where it has some, and count nothing of another', async () => {
    await database.tenants.setLimits(tenant, { maxRuns: 1, runsPerMinute: 2 });
    expect((await film()).status).toBe(202);
    expect(await film()).toMatchObject(refused(429, 'run_limit_reached'));
    await begun(1);
    await endAll();
    expect(await film()).toMatchObject(refused(429, 'run_rate_limited'));
  });

  it('refuse runs of a tenant that has spent its month', async () => {
    await database.tenants.setLimits(tenant, { budgetUsd: 1e-9 });
    const id = sandboxIdOf(newId());
    await own().sandboxes.createPending({
      id,
      buildId: newId(),
      projectId,
      provider: 'local',
      status: 'creating',
    });
    const inForce = (requested: number) => ({ requested, enforced: requested, by: 'test' });
    await own().sandboxes.markRunning(id, {
      ...{ cpus: inForce(1), memoryBytes: inForce(1024 ** 3) },
      ...{ diskBytes: inForce(1024 ** 3), maxProcesses: inForce(64) },
    });
    expect((await own().sandboxUsage.ofTenant(tenant, new Date(0))).costUsd).toBeGreaterThan(0);
    expect(await film()).toMatchObject(refused(402, 'budget_exceeded'));
  });
});
