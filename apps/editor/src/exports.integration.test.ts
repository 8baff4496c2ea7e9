import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter } from '@temporalio/common';
import {
  clipIdOf,
  exportIdOf,
  sessionIdOf,
  storageKeys,
  TakeIdSchema,
  takeIdOf,
  workflowIds,
} from '@showrunner/contracts';
import type { Export, RenderExportInput, RunState } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import type { RunningService } from '@showrunner/service';
import { call as send, startTestTemporal, testConfig } from '@showrunner/service/testing';
import type { TestTemporal } from '@showrunner/service/testing';
import { createObjectStore } from '@showrunner/storage';
import type { ObjectStore } from '@showrunner/storage';
import { applyOperation, TimelineSchema } from '@showrunner/timeline';
import { startEditor } from './start';

const SIZE = { width: 1280, height: 720 };
let postgres: TestPostgres;
let temporal: TestTemporal;
let database: Database;
let store: ObjectStore;
let editor: RunningService;

const sessionId = (runId: string) => sessionIdOf(runId, { film: 1, number: 1, opening: 1 });
const take = (runId: string) => {
  const takeId = takeIdOf(sessionId(runId));
  return {
    takeId,
    sessionId: sessionId(runId),
    storageKey: storageKeys.take(runId, takeId),
    startedAtMs: 1000,
    durationMs: 5000,
    ...SIZE,
    framesPresented: 10,
    framesCaptured: 10,
    framesLost: 0,
    largestGapMs: 0,
    gaps: [],
  };
};
const clip = (runId: string, takeId: string = take(runId).takeId) => ({
  clipId: clipIdOf(runId, 1),
  number: 1,
  feature: 'login',
  takeId: TakeIdSchema.parse(takeId),
  startMs: 0,
  endMs: 3500,
});

/** A run that is over, with its take, its clip, and the export that it made of itself. */
async function filmedRun(id: string, exportId: string = exportIdOf(id)): Promise<void> {
  await database.runs.create({
    id,
    projectId: 'p1',
    intent: '',
    provider: 'local',
    size: SIZE,
    keepSandbox: false,
  });
  await setState(id, 'done');
  await database.takes.save(id, take(id));
  await database.clips.replaceForRun(id, [clip(id)]);
  await database.plans.store({
    id: `${id}-plan`, projectId: 'p1', runId: id,
    body: { schemaVersion: 1, videoType: 'demo', title: 'T', intent: '', planner: 'rules', features: [], rejected: [] },
  }); // prettier-ignore
  await database.exports.save({
    id: exportId,
    runId: id,
    state: 'done',
    storageKey: storageKeys.exportVideo(exportId),
  });
  await store.put(take(id).storageKey, 'mkv');
  await store.put(storageKeys.exportVideo(exportId), `film of ${id}`);
}

const setState = (id: string, state: RunState): Promise<unknown> =>
  database.runs.setState({ id, state, message: state });

beforeAll(async () => {
  [postgres, temporal] = await Promise.all([startTestPostgres(), startTestTemporal()]);
  const config = testConfig({
    databaseUrl: postgres.url,
    temporal,
  });
  database = createDatabase({ url: postgres.url });
  store = createObjectStore(config);
  editor = await startEditor(config);
  await database.projects.create({
    id: 'p1',
    name: 'p',
    source: { kind: 'git', url: 'https://example.test/p' },
  });
  await filmedRun('r1');
});
afterAll(async () => {
  await editor?.close();
  await database?.close();
  await Promise.all([postgres?.stop(), temporal?.stop()]);
});

const get = (path: string) => send(`${editor.url}${path}`, {});
const post = (path: string, headers: Record<string, string> = {}) =>
  send(`${editor.url}${path}`, { method: 'POST', headers });
const handle = (exportId: string) =>
  temporal.environment.client.workflow.getHandle(workflowIds.export(exportId));
const problem = (status: number, code: string) => ({
  status,
  json: expect.objectContaining({ status, code, remedy: expect.any(String) }),
});

async function inputOf(exportId: string): Promise<RenderExportInput> {
  const { events } = await handle(exportId).fetchHistory();
  const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  return defaultPayloadConverter.fromPayload<RenderExportInput>(payload ?? {});
}

/** Resolves when an export is in a state. */
async function until(id: string, state: Export['state']): Promise<Export> {
  for (;;) {
    const { json } = await get(`/api/exports/${id}`);
    if (json['state'] === state) return json as unknown as Export;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('exports with ids of their own', () => {
  it('are accepted for a run that is over, with an id that is not the run’s', async () => {
    const { status, headers, json } = await post('/api/runs/r1/exports');
    const { id } = json as unknown as Export;
    expect([status, headers.get('location')]).toEqual([202, `/api/exports/${id}`]);
    expect(json).toMatchObject({ runId: 'r1', state: 'queued', progress: 0, failure: null });
    expect(['r1', exportIdOf('r1')]).not.toContain(id);
    expect(await inputOf(id)).toEqual({
      exportId: id, runId: 'r1', planId: 'r1-plan', size: SIZE, takes: [take('r1')], clips: [clip('r1')],
    }); // prettier-ignore
    const { json: list } = await get('/api/runs/r1/exports');
    expect((list['data'] as Export[]).map((made) => made.id)).toEqual([id, exportIdOf('r1')]);
  });

  it('are one for one idempotency key', async () => {
    const headers = { 'idempotency-key': 'once' };
    const [first, second] = [
      await post('/api/runs/r1/exports', headers),
      await post('/api/runs/r1/exports', headers),
    ];
    expect(second.json['id']).toBe(first.json['id']);
  });

  it('leave the film of the run what it was', async () => {
    const { json } = await post('/api/runs/r1/exports');
    const id = String(json['id']);
    await store.put(storageKeys.exportVideo(id), 'again');
    await database.exports.save({ id, runId: 'r1', state: 'done', storageKey: storageKeys.exportVideo(id) });
    expect((await get('/api/runs/r1/artifacts/video.mp4')).text).toBe('film of r1');
    expect((await get(`/api/exports/${id}/artifacts/video.mp4`)).text).toBe('again');
    expect((await database.runReports.get('r1')).video?.storageKey).toBe(
      storageKeys.exportVideo(exportIdOf('r1')),
    );
    expect(await get(`/api/exports/${id}/artifacts/..%2Fx`)).toMatchObject(problem(404, 'not_found'));
  });

  it('make the file that is asked for, and name their files', async () => {
    const output = { format: 'gif', height: 480, maxBytes: 900_000 };
    const made = await send(`${editor.url}/api/runs/r1/exports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(output),
    });
    const id = String(made.json['id']);
    expect(made).toMatchObject({ status: 202, json: { output, files: [], checks: null, notes: [] } });
    expect((await inputOf(id)).output).toEqual(output);
    const file = { name: 'video.gif', contentType: 'image/gif', bytes: 3 };
    await store.put(storageKeys.exportFile(id, file.name), 'gif');
    await database.exports.save({ id, runId: 'r1', state: 'done', files: [file], notes: ['Lowered.'] });
    const href = `/api/exports/${id}/artifacts/video.gif`;
    expect((await get(`/api/exports/${id}`)).json).toMatchObject({
      files: [{ ...file, href }],
      notes: ['Lowered.'],
    });
    expect(await get(href)).toMatchObject({ status: 200, text: 'gif' });
    expect(await get(`/api/exports/${id}/artifacts/video.mp4`)).toMatchObject(problem(404, 'not_found'));
  });

  it.each([
    [{ format: 'avi' }],
    [{ height: 100 }],
    [{ fps: 25 }],
    [{ format: 'gif', fps: 30 }],
    [{ sise: 1 }],
  ])('are refused with where it is wrong: %j', async (output) => {
    const refused = await send(`${editor.url}/api/runs/r1/exports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(output),
    });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.json)).toContain(Object.keys(output).at(-1));
  });

  it('work for runs whose own export bears the id of the run', async () => {
    await filmedRun('old', 'old');
    expect((await get('/api/runs/old/artifacts/video.mp4')).text).toBe('film of old');
    const { status, json } = await post('/api/runs/old/exports');
    expect([status, (await inputOf(String(json['id']))).runId]).toEqual([202, 'old']);
  });

  it('are refused for an unknown run, a run still going, without clips, without plan, and when the take is gone', async () => {
    expect(await post('/api/runs/nothing/exports')).toMatchObject(problem(404, 'not_found'));
    expect(await get('/api/runs/nothing/exports')).toMatchObject(problem(404, 'not_found'));
    const run = { projectId: 'p1', intent: '', provider: 'local' as const, size: SIZE, keepSandbox: false };
    await database.runs.create({ id: 'filming', ...run });
    await setState('filming', 'filming');
    expect(await post('/api/runs/filming/exports')).toMatchObject(problem(409, 'run_not_over'));
    await setState('filming', 'failed');
    expect(await post('/api/runs/filming/exports')).toMatchObject(problem(409, 'nothing_to_render'));
    await database.clips.replaceForRun('filming', [clip('filming', 'none')]);
    expect(await post('/api/runs/filming/exports')).toMatchObject(problem(410, 'plan_gone'));
    await filmedRun('emptied');
    await store.delete(take('emptied').storageKey);
    expect(await post('/api/runs/emptied/exports')).toMatchObject(problem(410, 'take_gone'));
    expect((await database.exports.listByRun('emptied')).map(({ id }) => id)).toEqual([
      exportIdOf('emptied'),
    ]);
  });
});

describe('an export of a timeline', () => {
  const asking = (runId: string, json: object) =>
    send(`${editor.url}/api/runs/${runId}/exports`, { method: 'POST', json });

  it('is of the version that was asked for, or of the one that there is when it is asked for', async () => {
    await filmedRun('edited');
    expect(await asking('edited', { timelineVersion: 1 })).toMatchObject(
      problem(410, 'timeline_version_gone'),
    );
    const document = TimelineSchema.parse({
      ...{ version: 1, runId: 'edited', title: 'One', page: SIZE, chapters: [] },
      takes: [{ takeId: take('edited').takeId, durationMs: 5000 }],
      items: [{ kind: 'footage', id: 'a', clipId: clip('edited').clipId, takeId: take('edited').takeId, inMs: 0, outMs: 900 }],
    }); // prettier-ignore
    await database.timelines.create('edited', document);
    const { timeline, inverse } = applyOperation(document, { op: 'setTitle', title: 'Two' });
    await database.timelines.change({
      ...{ runId: 'edited', id: 'x', from: 1, kind: 'edit', operations: [], document: timeline, inverse },
    });
    for (const [body, timelineVersion] of [
      [{}, 2],
      [{ timelineVersion: 1, theme: 'aurora', aspect: '1:1' }, 1],
    ] as const) {
      const { status, json } = await asking('edited', body);
      expect([status, json['output']]).toEqual([202, { format: 'mp4', ...body, timelineVersion }]);
      expect((await inputOf(String(json['id']))).output).toEqual(json['output']);
    }
    expect(await asking('edited', { timelineVersion: 3 })).toMatchObject(
      problem(410, 'timeline_version_gone'),
    );
    expect(await asking('edited', { timelineVersion: 0 })).toMatchObject({ status: 400 });
  });
});

describe('an export that is asked for', () => {
  it('can be cancelled once, and its workflow hears of it', async () => {
    const { json } = await post('/api/runs/r1/exports');
    const id = String(json['id']);
    expect(await post(`/api/exports/${id}/cancel`)).toMatchObject({ status: 202, json: { id } });
    const { events } = await handle(id).fetchHistory();
    expect(events?.some((event) => event.workflowExecutionCancelRequestedEventAttributes)).toBe(true);
    await database.exports.save({ id, runId: 'r1', state: 'cancelled' });
    expect(await post(`/api/exports/${id}/cancel`)).toMatchObject(problem(409, 'export_ended'));
    expect(await database.exports.save({ id, runId: 'r1', state: 'rendering' })).toBe(false);
    expect(await post('/api/exports/nothing/cancel')).toMatchObject(problem(404, 'not_found'));
  });

  it('is not cancelled apart from the run that it is a part of', async () => {
    await filmedRun('going');
    await database.runs.create({
      id: 'exporting', projectId: 'p1', intent: '', provider: 'local', size: SIZE, keepSandbox: false,
    }); // prettier-ignore
    await setState('exporting', 'exporting');
    await database.exports.save({ id: exportIdOf('exporting'), runId: 'exporting', state: 'rendering' });
    const refused = await post(`/api/exports/${exportIdOf('exporting')}/cancel`);
    expect(refused).toMatchObject(problem(409, 'export_of_run'));
  });

  it('fails with a reason when its workflow ends without a word', async () => {
    const { json } = await post('/api/runs/r1/exports');
    const id = String(json['id']);
    await handle(id).terminate('by an operator');
    expect((await until(id, 'failed')).failure).toMatchObject({ code: 'export_lost' });
  });

  it('that nobody could start yet is started as soon as that can be', async () => {
    await database.exports.save({ id: 'waiting', runId: 'r1', state: 'queued' });
    for (;;) {
      const status = await handle('waiting')
        .describe()
        .catch(() => null);
      if (status?.status.name === 'RUNNING') break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect((await inputOf('waiting')).exportId).toBe('waiting');
  });

  it('fails when what it needs has gone while it waited', async () => {
    await filmedRun('gone');
    await store.delete(take('gone').storageKey);
    await database.exports.save({ id: 'late', runId: 'gone', state: 'queued' });
    expect((await until('late', 'failed')).failure).toMatchObject({ code: 'take_gone', stage: 'exporting' });
  });
});
