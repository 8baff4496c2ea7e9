import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newId, sandboxIdOf, DEFAULT_LIMITS } from '@showrunner/contracts';
import type { SandboxLimits } from '@showrunner/contracts';
import { createDatabase } from './index';
import type { Database, NewSandbox } from './index';
import { startTestPostgres } from './testing';
import type { TestPostgres } from './testing';

const inForce = (limits: SandboxLimits) => {
  const limit = (requested: number) => ({ requested, enforced: requested, by: 'cgroup' });
  return {
    cpus: limit(limits.cpus),
    memoryBytes: limit(limits.memoryBytes),
    diskBytes: limit(limits.diskBytes),
    maxProcesses: limit(limits.maxProcesses),
  };
};

let postgres: TestPostgres;
let database: Database;
let client: pg.Client;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url, secretKeys: { INTERNAL_TOKEN: 'key-of-the-tests' } });
  client = new pg.Client(postgres.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.close();
  await postgres.stop();
});

const sandbox = (change: Partial<NewSandbox> = {}): NewSandbox => ({
  id: sandboxIdOf(newId()),
  tenantId: 'default',
  purpose: 'api',
  provider: 'local',
  labels: {},
  environment: {},
  ephemeral: false,
  idleTimeoutMs: 900_000,
  autoArchiveMs: null,
  autoDeleteMs: null,
  deadlineAt: null,
  requested: DEFAULT_LIMITS,
  network: null,
  ...change,
});
/** Moves the meter of a sandbox into the past, as if it had run for so long. */
const age = (id: string, seconds: number) =>
  client.query(
    `UPDATE sandbox_usage SET started_at = started_at - make_interval(secs => $2) WHERE sandbox_id = $1 AND ended_at IS NULL`,
    [id, seconds],
  );

describe('the meter', () => {
  it('charges a running sandbox for everything, a stopped one for its disk, any other for nothing', async () => {
    const { id } = await database.sandboxes.enqueue(sandbox({ requested: { ...DEFAULT_LIMITS, cpus: 2 } }));
    expect(await database.sandboxUsage.ofSandbox(id)).toMatchObject({ seconds: 0, costUsd: 0 });
    await database.transaction(({ sandboxQueue }) =>
      sandboxQueue.admit('local', { total: 99, perTenant: 99 }),
    );
    expect(await database.sandboxes.markRunning(id, inForce({ ...DEFAULT_LIMITS, cpus: 2 }))).toBe(true);
    await age(id, 99.5);
    await database.sandboxes.setStatus(id, 'stopped');
    const running = await database.sandboxUsage.ofSandbox(id);
    expect(running).toMatchObject({ vcpuSeconds: 200, memoryGibSeconds: 100 });
    expect(running.costUsd).toBeCloseTo(200 * 0.000014 + 100 * 0.0000045 + 300 * 0.00000003, 5);
    await age(id, 1000);
    await database.sandboxes.setStatus(id, 'archived');
    await age(id, 1000);
    expect(await database.sandboxes.markDestroyed(id)).toBe(true);
    const all = await database.sandboxUsage.ofSandbox(id);
    expect(all).toMatchObject({ vcpuSeconds: 200, memoryGibSeconds: 100 });
    expect(all.storageGibSeconds).toBeGreaterThanOrEqual(3 * 1100);
    expect(all.storageGibSeconds).toBeLessThan(3 * 1104);
  });

  it('adds up over runs and tenants, and finds the runs that cost too much', async () => {
    const projectId = newId();
    const runId = newId();
    await database.projects.create({
      id: projectId,
      name: 'x',
      source: { kind: 'git', url: 'https://x.test/x' },
    });
    const size = { width: 1280, height: 720 };
    const run = { projectId, intent: '', provider: 'local' as const, size, keepSandbox: false };
    await database.runs.create({ id: runId, ...run, budgetUsd: 0.01 });
    const id = sandboxIdOf(runId);
    await database.sandboxes.createPending({
      id,
      buildId: runId,
      projectId,
      runId,
      provider: 'local',
      limits: DEFAULT_LIMITS,
    });
    await database.sandboxes.markRunning(id, inForce(DEFAULT_LIMITS));
    expect(await database.sandboxUsage.overBudgetRuns(null)).toEqual([]);
    await age(id, 3600);
    expect((await database.sandboxUsage.ofRun(runId)).costUsd).toBeCloseTo(0.0669, 3);
    expect((await database.sandboxUsage.ofTenant('default')).costUsd).toBeGreaterThan(0.066);
    expect((await database.runReports.get(runId)).costs.sandboxUsd).toBeCloseTo(0.0669, 3);
    expect(await database.sandboxUsage.overBudgetRuns(null)).toEqual([{ runId, budgetUsd: 0.01 }]);
    await database.runs.setState({ id: runId, state: 'failed', message: '' });
    expect(await database.sandboxUsage.overBudgetRuns(0.001)).toEqual([]);
    await database.sandboxes.markDestroyed(id);
  });
});

describe('the lanes of the queue', () => {
  it('fault 6: films wait for films, builds for builds, and requests for neither; each is told its own place', async () => {
    const projectId = newId();
    const source = { kind: 'git', url: 'https://x.test/x' } as const;
    await database.projects.create({ id: projectId, name: 'x', source });
    const places = { total: 100, perTenant: 100, films: 2 };
    const waits = async (more: { runId?: string } = {}) => {
      const buildId = newId();
      const id = sandboxIdOf(buildId);
      const row = { id, buildId, projectId, provider: 'docker', status: 'queued', ...more } as const;
      return database.sandboxes.createPending(row);
    };
    const films = [];
    for (let n = 0; n < 4; n += 1) films.push(await waits({ runId: newId() }));
    const build = await waits();
    const request = await database.sandboxes.enqueue(sandbox({ provider: 'docker' }));
    const admit = async () =>
      (await database.transaction(({ sandboxQueue }) => sandboxQueue.admit('docker', places))).map(
        ({ id }) => id,
      );
    const ids = films.map(({ id }) => id);
    expect(new Set(await admit())).toEqual(new Set([ids[0], ids[1], build.id, request.id]));
    expect(await database.sandboxQueue.position(films[2]!, places)).toMatchObject({ position: 1 });
    expect(await database.sandboxQueue.position(films[3]!, places)).toMatchObject({ position: 2 });
    expect(await admit()).toEqual([]);
    // One that is kept after its film makes room, as one that is gone does.
    await database.sandboxes.adopt(ids[0]!, 60_000);
    expect(await admit()).toEqual([ids[2]]);
    await database.sandboxes.markDestroyed(ids[1]!);
    expect(await admit()).toEqual([ids[3]]);
    for (const id of [...ids, build.id, request.id]) await database.sandboxes.markDestroyed(id);
  });
});

describe('sandboxes', () => {
  it('of nobody’s build have a tenant, labels, limits, a lease and an end that is final', async () => {
    const asked = sandbox({ labels: { team: 'a' }, environment: { X: '1' }, ephemeral: true });
    const stored = await database.sandboxes.enqueue(asked);
    const { environment, ...shown } = asked;
    expect(await database.sandboxes.openEnvironment(asked.id)).toEqual(environment);
    expect(stored).toMatchObject({
      ...shown,
      buildId: null,
      projectId: null,
      status: 'queued',
      desired: 'running',
    });
    expect((await database.sandboxes.enqueue({ ...asked, labels: {} })).labels).toEqual({ team: 'a' });
    const found = await database.sandboxes.list({ limit: 10, tenantId: 'default', labels: { team: 'a' } });
    expect(found.data.map(({ id }) => id)).toEqual([asked.id]);
    expect((await database.sandboxes.list({ limit: 10, labels: { team: 'b' } })).data).toEqual([]);
    expect(await database.sandboxQueue.withdraw(asked.id)).toBe(true);
    expect(await database.sandboxes.setStatus(asked.id, 'stopped')).toBe(false);
    await expect(
      client.query(`UPDATE sandboxes SET status = 'running' WHERE id = $1`, [asked.id]),
    ).rejects.toThrow(/stays so/);
  });
});

describe('the queue', () => {
  it('gives 1,000 requests of three tenants over 20 places their turns: none lost, none before its time, fair', async () => {
    const tenants = { greedy: 800, modest: 150, late: 50 };
    const sequence = Object.entries(tenants).flatMap(([tenantId, count]) =>
      Array.from({ length: count }, () => tenantId),
    );
    for (const id of Object.keys(tenants)) await database.tenants.ensure(id);
    // All of the greedy one come first.
    await client.query(
      `INSERT INTO sandboxes (id, tenant_id, purpose, provider, status, created_at)
       SELECT 'q' || n, tenant, 'api', 'e2b', 'queued', now() + n * interval '1 ms'
       FROM unnest($1::text[]) WITH ORDINALITY AS line(tenant, n)`,
      [sequence],
    );
    const places = { total: 20, perTenant: 20 };
    const last = await database.sandboxes.get('q1000');
    expect(await database.sandboxQueue.position(last, places)).toMatchObject({ etaMs: null });
    expect((await database.sandboxQueue.position(last, places))?.position).toBe(150);

    const order: string[] = [];
    const running: string[] = [];
    let most = 0;
    while (order.length < 1000) {
      // Two services ask at the same moment, as they may.
      const rounds = await Promise.all(
        [1, 2].map(() => database.transaction(({ sandboxQueue }) => sandboxQueue.admit('e2b', places))),
      );
      const admitted = rounds.flat();
      order.push(...admitted.map(({ tenantId }) => tenantId));
      running.push(...admitted.map(({ id }) => id));
      most = Math.max(most, running.length);
      const done = running.splice(0, 1 + (order.length % 7));
      await client.query(
        `UPDATE sandboxes SET status = 'destroyed', destroyed_at = now() WHERE id = ANY($1)`,
        [done],
      );
    }
    expect(most).toBe(20);
    const left = await client.query(
      `SELECT count(*)::int AS n FROM sandboxes WHERE provider = 'e2b' AND status = 'queued'`,
    );
    expect(left.rows[0]).toEqual({ n: 0 });
    const count = (part: string[], tenant: string) => part.filter((one) => one === tenant).length;
    // While all three wait each gets a third, though the greedy one asked first: its share is never more than a place and a round ahead.
    const contested = order.slice(0, order.lastIndexOf('late') + 1);
    expect(contested.length).toBeLessThan(190);
    expect(Math.abs(count(contested, 'greedy') - count(contested, 'modest'))).toBeLessThanOrEqual(20);
    expect(count(contested, 'late')).toBe(50);
    expect(count(order, 'greedy')).toBe(800);
  });

  it('keeps the bound of a tenant, counts what it holds, and estimates by what was held lately', async () => {
    await database.tenants.ensure('small');
    await database.tenants.setLimits('small', { maxSandboxes: 1 });
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      const { id } = await database.sandboxes.enqueue(sandbox({ tenantId: 'small', provider: 'daytona' }));
      ids.push(id);
    }
    const admit = () =>
      database.transaction(({ sandboxQueue }) => sandboxQueue.admit('daytona', { total: 20, perTenant: 5 }));
    expect((await admit()).map(({ id }) => id)).toEqual([ids[0]]);
    expect(await admit()).toEqual([]);
    expect(await database.sandboxes.countQueued('small')).toBe(2);
    await client.query(`UPDATE sandboxes SET admitted_at = now() - interval '10 s' WHERE id = $1`, [ids[0]]);
    await database.sandboxes.markDestroyed(ids[0] ?? '');
    const waiting = await database.sandboxes.get(ids[2] ?? '');
    const position = await database.sandboxQueue.position(waiting, { total: 2, perTenant: 5 });
    expect(position?.position).toBe(2);
    expect(position?.etaMs).toBeGreaterThan(9_000);
    expect(position?.etaMs).toBeLessThan(60_000);
    expect((await admit()).map(({ id }) => id)).toEqual([ids[1]]);
  });

  it('has stopped sandboxes wait that shall run again, in their turn, until they are not wanted any more', async () => {
    const { sandboxes, sandboxQueue } = database;
    const one = { total: 1, perTenant: 5 };
    const admit = () => database.transaction((tx) => tx.sandboxQueue.admit('docker', one));
    const stopped = await sandboxes.enqueue(sandbox({ provider: 'docker' }));
    await admit();
    await sandboxes.markRunning(stopped.id, inForce(DEFAULT_LIMITS));
    expect(await sandboxes.requestStart(stopped.id)).toBe(false);
    await sandboxes.setDesired(stopped.id, 'stopped');
    await sandboxes.setStatus(stopped.id, 'stopped');
    const next = await sandboxes.enqueue(sandbox({ provider: 'docker' }));
    expect((await admit()).map(({ id }) => id)).toEqual([next.id]);

    expect(await sandboxes.requestStart(stopped.id)).toBe(true);
    expect(await sandboxes.requestStart(stopped.id)).toBe(false);
    const last = await sandboxes.enqueue(sandbox({ provider: 'docker' }));
    expect(await admit()).toEqual([]);
    const waiting = await sandboxes.get(stopped.id);
    expect(waiting).toMatchObject({ status: 'stopped', desired: 'running' });
    // It was made before, but waits for less long than it is old.
    expect((await sandboxQueue.position(waiting, one))?.position).toBe(1);
    expect((await sandboxQueue.position(last, one))?.position).toBe(2);
    await sandboxes.setDesired(stopped.id, 'stopped');
    expect(await sandboxQueue.position(await sandboxes.get(stopped.id), one)).toBeNull();
    expect((await sandboxQueue.position(last, one))?.position).toBe(1);

    expect(await sandboxes.requestStart(stopped.id)).toBe(true);
    expect((await sandboxQueue.position(await sandboxes.get(stopped.id), one))?.position).toBe(2);
    await sandboxes.markDestroyed(next.id);
    expect((await admit()).map(({ id }) => id)).toEqual([last.id]);
    await sandboxes.markDestroyed(last.id);
    expect(await admit()).toMatchObject([{ id: stopped.id, status: 'stopped', queuedAt: null }]);
    // From its admission on it holds the place, although it does not run yet.
    await sandboxes.enqueue(sandbox({ provider: 'docker' }));
    expect(await admit()).toEqual([]);
  });
});
