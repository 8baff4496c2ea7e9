import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clipIdOf, storageKeys } from '@showrunner/contracts';
import type { Take } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import type { RunningService } from '@showrunner/service';
import { call as send, openApiRoutes, TEST_HEADERS, testConfig } from '@showrunner/service/testing';
import { createObjectStore } from '@showrunner/storage';
import type { ObjectStore } from '@showrunner/storage';
import { startEditor } from './start';

const VIDEO = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
let postgres: TestPostgres;
let database: Database;
let store: ObjectStore;
let editor: RunningService;

const take: Take = {
  takeId: 't1',
  sessionId: 's1',
  storageKey: storageKeys.take('r1', 't1'),
  startedAtMs: 1000,
  durationMs: 5000,
  width: 1280,
  height: 720,
  framesPresented: 10,
  framesCaptured: 10,
  framesLost: 0,
  largestGapMs: 0,
  gaps: [],
};

beforeAll(async () => {
  postgres = await startTestPostgres();
  const config = testConfig({ databaseUrl: postgres.url });
  database = createDatabase({ url: postgres.url });
  store = createObjectStore(config);
  editor = await startEditor(config);
  await database.projects.create({
    id: 'p1',
    name: 'p',
    source: { kind: 'git', url: 'https://example.test/p' },
  });
  for (const id of ['r1', 'r2', 'empty']) {
    const size = { width: 1280, height: 720 };
    await database.runs.create({
      id,
      projectId: 'p1',
      intent: '',
      provider: 'local',
      size,
      keepSandbox: false,
    });
  }
  await database.takes.save('r1', take);
  for (const [runId, takeId] of [
    ['r1', 't1'],
    ['r2', 't2'],
  ] as const) {
    const clip = { number: 1, feature: 'login', takeId, startMs: 0, endMs: 12_400 };
    await database.clips.replaceForRun(runId, [{ clipId: clipIdOf(runId, 1), ...clip }]);
  }
  await database.exports.save({
    id: 'e1',
    runId: 'r1',
    state: 'done',
    storageKey: storageKeys.exportVideo('e1'),
  });
  await database.plans.store({
    id: 'plan1',
    projectId: 'p1',
    runId: 'r1',
    body: {
      schemaVersion: 1,
      videoType: 'demo',
      title: 'T',
      intent: '',
      planner: 'rules',
      features: [],
      rejected: [],
    },
  });
  await store.put(storageKeys.exportVideo('e1'), VIDEO);
  await store.put(storageKeys.exportCaptions('e1'), 'WEBVTT\n');
  await store.put(storageKeys.take('r1', 't1'), 'mkv');
  await store.put(storageKeys.actions('r1'), '{}\n');
  await store.put(storageKeys.clipThumbnail('r1', 'c1'), 'jpeg');
});
afterAll(async () => {
  await editor.close();
  await database.close();
  await postgres.stop();
});

const call = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  send(`${editor.url}${path}`, { headers, method });
const problem = (status: number, code: string) => ({
  status,
  json: expect.objectContaining({ status, code }),
});

it('has the routes that are described, each behind the internal token', async () => {
  const mine = openApiRoutes('editor');
  const routes = editor.routes.filter(({ path }) => path.startsWith('/api'));
  const names = (list: typeof routes): string[] => list.map(({ method, path }) => `${method} ${path}`).sort();
  expect(names(routes)).toEqual(names(mine));
  for (const { path } of routes) {
    expect((await send(`${editor.url}${path.replace(/:\w+/g, 'x')}`, { token: null })).status).toBe(401);
  }
});

describe('clips', () => {
  it('have exactly the four members', async () => {
    expect((await call('/api/runs/r1/clips')).json).toEqual({
      data: [{ clip_id: 'c1', feature: 'login', start: 0, end: 12.4 }],
    });
  });

  it('are found by an id that no clip of another run has', async () => {
    for (const [runId, takeId] of [
      ['r1', 't1'],
      ['r2', 't2'],
    ] as const) {
      const id = clipIdOf(runId, 1);
      const told = { id, clip_id: 'c1', feature: 'login', start: 0, end: 12.4 };
      expect((await call(`/api/clips/${id}`)).json).toEqual({ ...told, runId, takeId });
    }
    expect(await call('/api/clips/c1')).toMatchObject(problem(404, 'not_found'));
  });

  it('of an unknown run are an error, of a run without any an empty list', async () => {
    expect(await call('/api/runs/nothing/clips')).toMatchObject(problem(404, 'not_found'));
    expect((await call('/api/runs/empty/clips')).json).toEqual({ data: [] });
    expect(await call('/api/clips/nothing')).toMatchObject(problem(404, 'not_found'));
  });
});

it('takes and exports are told as they were stored', async () => {
  expect((await call('/api/runs/r1/takes')).json).toEqual({ data: [take] });
  expect((await call('/api/exports/e1')).json).toMatchObject({ id: 'e1', state: 'done', progress: 1 });
  expect(await call('/api/exports/nothing')).toMatchObject(problem(404, 'not_found'));
});

describe('artifacts', () => {
  const video = '/api/runs/r1/artifacts/video.mp4';

  it('that exist are listed', async () => {
    const { json } = await call('/api/runs/r1/artifacts');
    const names = (json['data'] as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(['video.mp4', 'captions.vtt', 'actions.jsonl', 'take.mkv', 'c1.jpg']);
    expect(json['data']).toContainEqual({
      name: 'video.mp4',
      contentType: 'video/mp4',
      bytes: 1000,
      href: video,
    });
    expect((await call('/api/runs/empty/artifacts')).json).toEqual({ data: [] });
  });

  it('come whole, with type, length, name and ETag', async () => {
    const { status, headers, text } = await call('/api/runs/r1/artifacts/captions.vtt');
    expect([status, text]).toEqual([200, 'WEBVTT\n']);
    expect(headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(headers.get('content-length')).toBe('7');
    expect(headers.get('content-disposition')).toBe('inline; filename="captions.vtt"');
    expect(headers.get('accept-ranges')).toBe('bytes');
    expect(headers.get('etag')).toMatch(/^"[^"]+"$/);
  });

  it('come in ranges', async () => {
    const bytes = async (range: string): Promise<[number, string | null, number]> => {
      const response = await fetch(`${editor.url}${video}`, {
        headers: { range, ...TEST_HEADERS },
      });
      const body = Buffer.from(await response.arrayBuffer());
      const [, start] = /bytes (\d+)/.exec(response.headers.get('content-range') ?? '') ?? [];
      expect(body.equals(VIDEO.subarray(Number(start ?? 0), Number(start ?? 0) + body.length))).toBe(true);
      return [response.status, response.headers.get('content-range'), body.length];
    };
    expect(await bytes('bytes=0-99')).toEqual([206, 'bytes 0-99/1000', 100]);
    expect(await bytes('bytes=990-')).toEqual([206, 'bytes 990-999/1000', 10]);
    expect(await bytes('bytes=-5')).toEqual([206, 'bytes 995-999/1000', 5]);
    expect(await bytes('bytes=500-5000')).toEqual([206, 'bytes 500-999/1000', 500]);
    expect(await bytes('bytes=-5000')).toEqual([206, 'bytes 0-999/1000', 1000]);
    expect(await bytes('lines=1-2')).toEqual([200, null, 1000]);
  });

  it('refuse ranges that cannot be served', async () => {
    for (const range of ['bytes=1000-', 'bytes=0-1,5-6', 'bytes=-0', 'bytes=5-1', 'bytes=x']) {
      const result = await call(video, { range });
      expect(result).toMatchObject(problem(416, 'range_not_satisfiable'));
      expect(result.headers.get('content-range')).toBe('bytes */1000');
    }
  });

  it('are not sent again to who has them', async () => {
    const etag = (await call(video)).headers.get('etag') ?? '';
    expect(await call(video, { 'if-none-match': etag })).toMatchObject({ status: 304, text: '' });
    expect(await call(video, { 'if-none-match': `"x", W/${etag}` })).toMatchObject({ status: 304 });
    expect((await call(video, { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await call(video, { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
    expect((await call(video, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
  });

  it('tell their size to HEAD', async () => {
    const { status, headers, text } = await call(video, {}, 'HEAD');
    expect([status, headers.get('content-length'), text]).toEqual([200, '1000', '']);
    expect((await call(video, { range: 'bytes=0-9' }, 'HEAD')).headers.get('content-length')).toBe('10');
  });

  it('include the plan of the database and the history of Temporal', async () => {
    const plan = await call('/api/runs/r1/artifacts/plan.json');
    expect(plan).toMatchObject({ status: 200, json: { schemaVersion: 1, title: 'T' } });
    const history = await call('/api/runs/r1/artifacts/history.json');
    expect([history.status, history.headers.get('location')]).toEqual([307, '/api/runs/r1/history']);
  });

  it('are only those of the run', async () => {
    for (const name of [
      'nothing',
      'c2.jpg',
      '..%2F..%2Fsecrets.json',
      '%2e%2e',
      'clips%2Fc1.jpg',
      'take-2.mkv',
      '__proto__',
    ]) {
      const { status } = await call(`/api/runs/r1/artifacts/${name}`);
      expect([name, status]).toEqual([name, 404]);
    }
    expect(await call('/api/runs/empty/artifacts/video.mp4')).toMatchObject(problem(404, 'not_found'));
  });
});
