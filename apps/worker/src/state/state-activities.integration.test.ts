import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clipIdOf, sandboxIdOf, DEFAULT_LIMITS, newId } from '@showrunner/contracts';
import type { ActionRecord, Milestone, StateActivities, Take } from '@showrunner/contracts';
import { actionRecord } from '@showrunner/contracts/testing';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startOwnTestPostgres } from '@showrunner/database/testing';
import type { OwnTestPostgres } from '@showrunner/database/testing';
import { createStateActivities, recordClips, recordExportProgress } from './index';

let postgres: OwnTestPostgres;
let database: Database;
let state: StateActivities;

beforeAll(async () => {
  postgres = await startOwnTestPostgres();
  database = createDatabase({ url: postgres.url });
  state = createStateActivities({ database, places: { local: 1 }, tenantMaxSandboxes: 5 });
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

async function newRun(tenantId = 'default'): Promise<string> {
  await database.tenants.ensure(tenantId);
  const projectId = newId();
  const id = newId();
  await database.projects.create({
    id: projectId,
    tenantId,
    name: 'board',
    source: { kind: 'git', url: 'https://example.org/a.git' },
  });
  await database.runs.create({
    id,
    projectId,
    intent: '',
    provider: 'local',
    size: { width: 1280, height: 720 },
    keepSandbox: false,
    tenantId,
  });
  return id;
}
const eventsOf = (runId: string) => database.outbox.readAfter(0n, { runId }, 100);
const twice = async (call: () => Promise<void>): Promise<void> => {
  await call();
  await call();
};

const record = actionRecord();

describe('places', () => {
  it('are taken in turn with requests of the API, once each, and freed with the sandbox', async () => {
    const build = async (tenantId: string) => {
      const runId = await newRun(tenantId);
      const sandboxId = sandboxIdOf(runId);
      await state.setRunBuild({ runId, buildId: runId, sandboxId });
      const { projectId } = await database.runs.get(runId);
      return { sandboxId, provider: 'local' as const, buildId: runId, projectId, runId };
    };
    const [first, second, third] = [await build('a'), await build('a'), await build('b')];
    expect([await state.takePlace(first), await state.takePlace(first)]).toEqual([null, null]);
    expect(await database.sandboxes.get(first.sandboxId)).toMatchObject({
      ...{
        status: 'creating',
        tenantId: 'a',
        runId: first.runId,
        labels: { build: first.buildId, project: first.projectId },
      },
    });
    expect(await state.takePlace(second)).toMatchObject({ position: 1 });
    expect(await state.takePlace(third)).toMatchObject({ position: 1 });
    expect(await state.takePlace(second)).toMatchObject({ position: 2 });
    await database.sandboxes.markDestroyed(first.sandboxId);
    // A tenant that holds none and never had one is next, whoever asks.
    expect(await state.takePlace(second)).toMatchObject({ position: 2 });
    expect(await state.takePlace(third)).toBeNull();
    await database.sandboxes.markDestroyed(third.sandboxId);
    const api = await database.sandboxes.enqueue({
      ...{ id: sandboxIdOf(newId()), tenantId: 'b', purpose: 'api', provider: 'local', labels: {} },
      ...{ environment: {}, ephemeral: false, idleTimeoutMs: 1, autoArchiveMs: null, autoDeleteMs: null },
      ...{ deadlineAt: null, requested: DEFAULT_LIMITS, network: null },
    });
    expect(await state.takePlace(second)).toBeNull();
    const places = { total: 1, perTenant: 5 };
    const admit = () => database.transaction(({ sandboxQueue }) => sandboxQueue.admit('local', places));
    expect(await admit()).toEqual([]);
    await database.sandboxes.markDestroyed(second.sandboxId);
    expect((await admit()).map(({ id }) => id)).toEqual([api.id]);
    await database.sandboxes.markDestroyed(api.id);

    const withdrawn = await build('a');
    const holder = await build('a');
    await state.takePlace(holder);
    await state.takePlace(withdrawn);
    expect(await database.sandboxQueue.withdraw(withdrawn.sandboxId)).toBe(true);
    await expect(state.takePlace(withdrawn)).rejects.toMatchObject({
      code: 'sandbox_lost',
      retryable: false,
    });
    await expect(state.takePlace({ ...withdrawn, provider: 'e2b' })).rejects.toMatchObject({
      code: 'sandbox_unavailable',
    });
    await database.sandboxes.markDestroyed(holder.sandboxId);
  });
});

describe('state activities', () => {
  it('tell each change once, however often they are repeated', async () => {
    const runId = await newRun();
    const milestone: Milestone = { feature: 'add', kind: 'succeeded', atMs: 5 };
    const take: Take = {
      takeId: newId(),
      sessionId: newId(),
      storageKey: 'k',
      startedAtMs: 1,
      durationMs: 2,
      width: 2,
      height: 2,
      framesPresented: 1,
      framesCaptured: 1,
      framesLost: 0,
      largestGapMs: 0,
      gaps: [],
    };
    const clip = { number: 1, feature: 'add', takeId: take.takeId, startMs: 0, endMs: 1000 };
    const clips = [{ clipId: clipIdOf(runId, 1), ...clip }];
    await twice(() =>
      state.setRunState({ runId, state: 'building', message: 'Building', notes: ['a note'] }),
    );
    await twice(() => state.setRunBuild({ runId, buildId: runId, sandboxId: sandboxIdOf(runId) }));
    await twice(() => state.setBuildState({ buildId: runId, state: 'building', message: 'Installing' }));
    await twice(() =>
      state.recordStage({
        runId,
        stage: 'install',
        film: 1,
        startedAt: '2026-01-01T00:00:00.000Z',
        durationMs: 5,
      }),
    );
    await twice(() =>
      state.recordAction({ runId, film: 1, sessionId: take.sessionId, takeId: take.takeId, record }),
    );
    await twice(() => state.recordMilestone({ runId, milestone }));
    await twice(() => state.recordTakes({ runId, takes: [take] }));
    await twice(() => recordClips(database, { runId, clips }));
    await twice(() => state.recordExport({ runId, exportId: runId, state: 'rendering' }));
    await twice(() => recordExportProgress(database, { runId, exportId: runId, progress: 0.5 }));
    await twice(() =>
      state.recordExport({ runId, exportId: runId, state: 'done', storageKey: 'v', bytes: 1 }),
    );
    await twice(() => state.setRunState({ runId, state: 'done', message: 'Done' }));
    expect((await eventsOf(runId)).map(({ type }) => type)).toEqual([
      'RUN_STATE',
      'BUILD_STAGE',
      'RUN_PROGRESS',
      'AGENT_ACTION',
      'FEATURE_MILESTONE',
      'RECORDING_READY',
      'CLIPS_GENERATED',
      'EXPORT_PROGRESS',
      'EXPORT_PROGRESS',
      'EXPORT_READY',
      'RUN_STATE',
    ]);
    expect(await database.runReports.get(runId)).toMatchObject({
      state: 'done',
      buildId: runId,
      sandboxId: sandboxIdOf(runId),
      notes: ['a note'],
      stages: [{ stage: 'install' }],
      video: { storageKey: 'v' },
    });
  });

  it('keep an end: a late change tells nothing', async () => {
    const runId = await newRun();
    await state.setRunState({ runId, state: 'killed', message: 'Killed' });
    await state.setRunState({ runId, state: 'filming', message: 'Filming' });
    expect((await eventsOf(runId)).map(({ data }) => data['state'])).toEqual(['killed']);
    expect((await database.runs.get(runId)).state).toBe('killed');
  });

  it('keep failure and outcomes for the report', async () => {
    const runId = await newRun();
    const failure = { code: 'install_failed', message: 'npm ci failed.', stage: 'install', remedy: 'Look.' };
    const outcomes = [{ feature: 'add', title: 'Add', verified: false, reason: 'The text did not appear.' }];
    await state.recordOutcomes({
      runId,
      planId: 'p',
      planHash: 'h',
      outcomes,
      divergences: ['one more click'],
    });
    await state.setRunState({ runId, state: 'failed', message: failure.message, failure });
    expect(await database.runReports.get(runId)).toMatchObject({
      state: 'failed',
      failure,
      features: outcomes.map((outcome) => ({ ...outcome, proven: false })),
      planHash: 'h',
      divergences: ['one more click'],
    });
  });

  it('name a run that does not exist', async () => {
    await expect(
      state.setRunState({ runId: 'nobody', state: 'building', message: '' }),
    ).rejects.toMatchObject({
      code: 'not_found',
      retryable: false,
    });
  });

  it('neither lose nor repeat anything when PostgreSQL is killed while they write', async () => {
    const runId = await newRun();
    const writes = Array.from({ length: 60 }, (_, seq) => async (): Promise<void> => {
      await state.recordAction({ runId, film: 1, sessionId: 's', takeId: 't', record: { ...record, seq } });
    });
    const working = Promise.all(
      [0, 1, 2].map(async (lane) => {
        for (let at = lane; at < writes.length; at += 3) await writes[at]?.();
      }),
    );
    await until(async () => (await eventsOf(runId)).length > 5);
    await postgres.kill();
    await postgres.start();
    await working;
    const seqs = (await eventsOf(runId)).map(({ data }) => (data['action'] as ActionRecord).seq);
    expect(seqs.sort((a, b) => a - b)).toEqual(writes.map((_, seq) => seq));
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((next) => setImmediate(next));
}
