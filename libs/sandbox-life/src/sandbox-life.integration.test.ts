import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sandboxIdOf, DEFAULT_LIMITS, newId } from '@showrunner/contracts';
import type { SandboxRef } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database, NewSandbox } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import type { SandboxProvider } from '@showrunner/sandbox';
import { openHostSandboxes } from '@showrunner/sandbox-testing';
import { createLogger } from '@showrunner/telemetry';
import { createSandboxLifeActivities } from './index';

const MIB = 1024 ** 2;
const MINUTE = 60_000;

let folder: string;
let postgres: TestPostgres;
let database: Database;
let provider: SandboxProvider;
let now = 0;
const life = (tenantBudgetUsd?: number): ReturnType<typeof createSandboxLifeActivities> =>
  createSandboxLifeActivities({
    database,
    providerOf: () => Promise.resolve(provider),
    logger: createLogger({ service: 'test', level: 'silent' }),
    signal: () => new AbortController().signal,
    now: () => Date.now() + now,
    tenantBudgetUsd,
  });

beforeAll(async () => {
  [folder, postgres] = await Promise.all([
    mkdtemp(join(tmpdir(), 'showrunner-sandbox-life-')),
    startTestPostgres(),
  ]);
  database = createDatabase({ url: postgres.url, secretKeys: { INTERNAL_TOKEN: 'key-of-the-tests' } });
  provider = openHostSandboxes(join(folder, 'sandboxes'), { uidDirectory: join(folder, 'uids') });
});
afterAll(async () => {
  for (const { id } of await provider.list()) await provider.destroy(id);
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function admitted(change: Partial<NewSandbox> = {}): Promise<SandboxRef> {
  const id = sandboxIdOf(newId());
  await database.tenants.ensure(change.tenantId ?? 'default');
  await database.sandboxes.enqueue({
    id,
    tenantId: 'default',
    purpose: 'api',
    provider: 'local',
    labels: { team: 'a' },
    environment: { GREETING: 'hello' },
    ephemeral: false,
    idleTimeoutMs: 15 * MINUTE,
    autoArchiveMs: 60 * MINUTE,
    autoDeleteMs: 120 * MINUTE,
    deadlineAt: null,
    requested: { ...DEFAULT_LIMITS, memoryBytes: 256 * MIB, diskBytes: 64 * MIB },
    network: null,
    ...change,
  });
  await database.transaction((tx) => tx.sandboxQueue.admit('local', { total: 99, perTenant: 99 }));
  return { sandboxId: id, provider: 'local' };
}

describe('the life of a sandbox, with local sandboxes', () => {
  it('goes from its place to running, stopped, running again, archived and gone; files stay, the meter follows', async () => {
    now = 0;
    const ref = await admitted();
    const { sandboxId } = ref;
    expect(await life().nextSandboxStep(ref)).toMatchObject({ action: 'create' });
    const { limits } = await life().provisionSandbox(ref);
    expect(limits.memoryBytes.requested).toBe(256 * MIB);
    expect(await life().provisionSandbox(ref)).toEqual({ limits });
    const sandbox = await provider.get(sandboxId);
    await sandbox?.exec('echo $GREETING > /app/kept.txt');
    expect(await life().nextSandboxStep(ref)).toMatchObject({ action: 'wait' });

    now = 16 * MINUTE;
    const step = await life().nextSandboxStep(ref);
    expect(step).toMatchObject({ action: 'stop', why: 'not used for 16 min' });
    await life().stopSandbox({ ...ref, why: step.why, decidedAtMs: Date.now() });
    expect(await database.sandboxes.get(sandboxId)).toMatchObject({ status: 'stopped', desired: 'stopped' });
    now = 0;
    expect(await life().nextSandboxStep(ref)).toMatchObject({ action: 'wait' });

    await database.sandboxes.setDesired(sandboxId, 'running');
    expect(await life().nextSandboxStep(ref)).toMatchObject({ action: 'start' });
    await life().startSandbox(ref);
    const again = await provider.get(sandboxId);
    expect((await again?.exec('cat /app/kept.txt'))?.stdout).toBe('hello\n');

    await database.sandboxes.setDesired(sandboxId, 'archived');
    expect(await life().nextSandboxStep(ref)).toMatchObject({ action: 'archive' });
    await life().archiveSandbox({ ...ref, why: 'asked for' });
    expect((await database.sandboxes.get(sandboxId)).status).toBe('archived');
    now = 121 * MINUTE;
    await database.sandboxes.setDesired(sandboxId, 'stopped');
    expect(await life().nextSandboxStep(ref)).toMatchObject({ action: 'delete' });
    now = 0;
    const used = await database.sandboxUsage.ofSandbox(sandboxId);
    expect(used.vcpuSeconds).toBeGreaterThanOrEqual(2);
    expect(used.costUsd).toBeGreaterThan(0);
  });

  it('that was used while it was being stopped is started again', async () => {
    const ref = await admitted();
    await life().provisionSandbox(ref);
    await life().stopSandbox({ ...ref, why: 'idle', decidedAtMs: Date.now() - 60_000 });
    expect(await database.sandboxes.get(ref.sandboxId)).toMatchObject({
      status: 'stopped',
      desired: 'running',
    });
    expect(await life().nextSandboxStep(ref)).toMatchObject({ action: 'start' });
  });

  it('that died has failed, and says so', async () => {
    const ref = await admitted();
    await life().provisionSandbox(ref);
    await provider.destroy(ref.sandboxId);
    await life().nextSandboxStep(ref);
    expect(await database.sandboxes.get(ref.sandboxId)).toMatchObject({
      status: 'failed',
      failure: { code: 'sandbox_lost' },
    });
  });

  it('that shall be gone has not died when a deletion was cut off half-way: it is deleted', async () => {
    const ref = await admitted();
    await life().provisionSandbox(ref);
    await database.sandboxes.setDesired(ref.sandboxId, 'destroyed');
    await provider.destroy(ref.sandboxId);
    expect(await life().nextSandboxStep(ref)).toMatchObject({ action: 'delete' });
    expect((await database.sandboxes.get(ref.sandboxId)).status).toBe('running');
    await life().destroySandbox(ref);
    expect((await database.sandboxes.get(ref.sandboxId)).status).toBe('destroyed');
  });

  it('fault 8: that cannot be deleted has failed for all to see, and is still to be deleted', async () => {
    const ref = await admitted();
    await life().provisionSandbox(ref);
    await database.sandboxes.setDesired(ref.sandboxId, 'destroyed');
    const failure = { code: 'sandbox_auth', message: 'The key was withdrawn.', stage: 'delete' };
    await life().noteFailedStep({ ...ref, action: 'delete', failure });
    expect(await database.sandboxes.get(ref.sandboxId)).toMatchObject({
      status: 'failed',
      desired: 'destroyed',
      failure: { code: 'sandbox_not_deleted', remedy: expect.stringContaining('abandon=true') },
    });
    expect(await life().nextSandboxStep(ref)).toMatchObject({ action: 'delete' });
    await life().destroySandbox(ref);
    expect((await database.sandboxes.get(ref.sandboxId)).status).toBe('destroyed');
  });

  it('ends when its tenant has spent its budget', async () => {
    const ref = await admitted({ tenantId: 'poor' });
    await life().provisionSandbox(ref);
    await database.tenants.setLimits('poor', { budgetUsd: 1e-9 });
    expect(await life(99).nextSandboxStep(ref)).toMatchObject({
      action: 'stop',
      why: expect.stringContaining('budget_exceeded'),
    });
  });
});
