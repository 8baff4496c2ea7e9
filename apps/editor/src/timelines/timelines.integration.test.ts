import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { storageKeys } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import type { RunningService } from '@showrunner/service';
import { call as send, TEST_HEADERS, testConfig } from '@showrunner/service/testing';
import type { CallResult } from '@showrunner/service/testing';
import { createObjectStore } from '@showrunner/storage';
import type { ObjectStore } from '@showrunner/storage';
import type { Timeline } from '@showrunner/timeline';
import { startEditor } from '../start';
import { storeFilmedRun } from '../testing/filmed-run';

let postgres: TestPostgres;
let database: Database;
let store: ObjectStore;
let editor: RunningService;

beforeAll(async () => {
  postgres = await startTestPostgres();
  const config = testConfig({ databaseUrl: postgres.url });
  database = createDatabase({ url: postgres.url });
  store = createObjectStore(config);
  editor = await startEditor(config);
  const source = { kind: 'git', url: 'https://example.test/p' } as const;
  await database.projects.create({ id: 'p1', name: 'p', source });
  for (const id of ['r1', 'r2', 'again', 'otio']) await storeFilmedRun({ database, store }, id);
  await storeFilmedRun({ database, store }, 'old', { isIndexed: false, isOfOtherPlan: true });
}, 120_000);
afterAll(async () => {
  await editor.close();
  await database.close();
  await postgres.stop();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  send(`${editor.url}/api/runs/${path}`, { headers });
const post = (path: string, json: unknown, etag?: string | null) =>
  send(`${editor.url}/api/runs/${path}`, {
    ...{ method: 'POST', json },
    headers: etag === undefined || etag === null ? {} : { 'if-match': etag },
  });
const etagOf = ({ headers }: CallResult): string => headers.get('etag') ?? '';
const problem = (status: number, code: string) => ({
  status,
  json: expect.objectContaining({ status, code }),
});
const timelineOf = ({ json }: CallResult): Timeline => json['timeline'] as Timeline;
const operations = (...all: object[]) => ({ operations: all });
const title = (text: string) => operations({ op: 'setTitle', title: text });

describe('the timeline of a run', () => {
  it('is there without being asked for, with an ETag, and not sent again to who has it', async () => {
    const answer = await get('r1/timeline');
    expect(answer).toMatchObject({
      status: 200,
      json: { runId: 'r1', version: 1, canUndo: false, canRedo: false },
    });
    expect(timelineOf(answer)).toMatchObject({ title: 'A film', aspect: 'source', theme: 'plain' });
    expect(timelineOf(answer).chapters.map(({ feature }) => feature)).toEqual(['login', 'search']);
    expect(etagOf(answer)).toBe('"1"');
    for (const known of ['"1"', 'W/"1"', '"0", "1"', '*'])
      expect(await get('r1/timeline', { 'if-none-match': known })).toMatchObject({ status: 304, text: '' });
    expect((await get('r1/timeline', { 'if-none-match': '"2"' })).status).toBe(200);
  });

  it('of a run that is not there, not over, without clip or never indexed says so', async () => {
    expect(await get('nothing/timeline')).toMatchObject(problem(404, 'not_found'));
    expect(await get('old/timeline')).toMatchObject(problem(409, 'timeline_missing'));
    const size = { width: 640, height: 360 };
    const run = { projectId: 'p1', intent: '', provider: 'local', size, keepSandbox: false } as const;
    await database.runs.create({ id: 'going', ...run });
    expect(await get('going/timeline')).toMatchObject(problem(409, 'run_not_over'));
    await database.runs.setState({ id: 'going', state: 'failed', message: '' });
    expect(await get('going/timeline')).toMatchObject(problem(409, 'nothing_to_render'));
    expect(await get('r1/timeline?version=0')).toMatchObject(problem(400, 'invalid_input'));
    expect(await get('r1/timeline?version=7')).toMatchObject(problem(410, 'timeline_version_gone'));
  });

  it('is edited by operations, undone and done again; every version can be read', async () => {
    const first = await get('r2/timeline');
    const [card] = timelineOf(first).items;
    const edited = await post(
      'r2/timeline/operations',
      operations({ op: 'setTheme', theme: 'aurora' }, { op: 'setDuration', id: card?.id, durationMs: 900 }),
      etagOf(first),
    );
    expect(edited).toMatchObject({
      status: 200,
      json: { version: 2, canUndo: true, timeline: { theme: 'aurora' } },
    });
    expect(etagOf(edited)).toBe('"2"');
    expect((await get('r2/timeline')).json).toEqual(edited.json);

    const undone = await post('r2/timeline/undo', {}, '"2"');
    expect(undone).toMatchObject({ status: 200, json: { version: 3, canUndo: false, canRedo: true } });
    expect(timelineOf(undone)).toEqual(timelineOf(first));
    const redone = await post('r2/timeline/redo', {}, '"3"');
    expect(redone).toMatchObject({ status: 200, json: { version: 4, canUndo: true, canRedo: false } });
    expect(timelineOf(redone)).toEqual(timelineOf(edited));
    const older = await get('r2/timeline?version=1');
    expect([etagOf(older), timelineOf(older)]).toEqual(['"1"', timelineOf(first)]);

    const { json } = await get('r2/timeline/history');
    expect(json['data']).toMatchObject([
      { version: 2, kind: 'edit', inEffect: false, operations: [{ op: 'setTheme' }, { op: 'setDuration' }] },
      { version: 3, kind: 'undo', inEffect: false, operations: [{ op: 'setTheme' }, { op: 'setDuration' }] },
      { version: 4, kind: 'redo', inEffect: true },
    ]);
  });

  it('is not changed by who has seen another version, or does not say which', async () => {
    for (const route of ['operations', 'undo', 'redo', 'carry']) {
      const body = route === 'operations' ? title('x') : { fromRunId: 'r2' };
      expect(await post(`r1/timeline/${route}`, body)).toMatchObject(problem(428, 'if_match_required'));
      for (const wrong of ['"9"', 'W/"1"', '1', '"x"']) {
        const late = await post(`r1/timeline/${route}`, body, wrong);
        expect([late.status, late.json['code'], etagOf(late)]).toEqual([412, 'timeline_changed', '"1"']);
      }
    }
    expect((await get('r1/timeline')).json).toMatchObject({ version: 1 });
  });

  it('has one of two who change it at the same time, and loses neither: the other one is told', async () => {
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((text) => post('r1/timeline/operations', title(text), '"1"')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    const [done] = answers.filter(({ status }) => status === 200);
    expect(timelineOf(await get('r1/timeline')).title).toBe(timelineOf(done as CallResult).title);
    const late = answers.find(({ status }) => status === 412);
    const again = await post('r1/timeline/operations', title('Later'), etagOf(late as CallResult));
    expect(again).toMatchObject({ status: 200, json: { version: 3, timeline: { title: 'Later' } } });
  });

  it('refuses what cannot be done, and then nothing of it is done', async () => {
    const before = await get('r1/timeline');
    const edit = (...all: object[]) => post('r1/timeline/operations', operations(...all), etagOf(before));
    const gone = await edit({ op: 'setTitle', title: 'Half' }, { op: 'remove', id: 'nothing' });
    expect(gone).toMatchObject(problem(400, 'bad_operation'));
    expect(gone.json['detail']).toContain('Operation 2 of 2 (remove)');
    for (const wrong of [
      [{ op: 'paint' }],
      [{ op: 'setSpeed', id: 'x', speed: 0 }],
      [{ op: 'setTitle', title: 'x'.repeat(501) }],
      [{ op: 'setLook', look: { font: 'a;b' } }],
      [],
    ])
      expect(await edit(...wrong)).toMatchObject(problem(400, 'invalid_input'));
    expect(await post('r1/timeline/operations', {}, etagOf(before))).toMatchObject(
      problem(400, 'invalid_input'),
    );
    expect((await get('r1/timeline')).json).toEqual(before.json);
  });

  it('says when nothing is left to undo or to do again', async () => {
    let etag = etagOf(await get('r1/timeline'));
    expect(await post('r1/timeline/redo', {}, etag)).toMatchObject(problem(409, 'nothing_to_redo'));
    for (let n = 0; n < 2; n += 1) etag = etagOf(await post('r1/timeline/undo', {}, etag));
    expect(await post('r1/timeline/undo', {}, etag)).toMatchObject(problem(409, 'nothing_to_undo'));
  });
});

describe('a frame', () => {
  const frame = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${editor.url}/api/runs/${path}`, {
      headers: { ...TEST_HEADERS, ...headers },
    });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  /** Width and height of a JPEG by its frame header. */
  const sizeOf = (jpeg: Buffer): number[] => {
    const at = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
  };

  it('of any moment is a picture, as the film looks at that version', async () => {
    const { response, bytes } = await frame('r2/timeline/frames?at=1200&height=180');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(sizeOf(bytes)).toEqual([320, 180]);
    const etag = response.headers.get('etag') ?? '';
    expect(
      (await frame('r2/timeline/frames?at=1200&height=180', { 'if-none-match': etag })).response.status,
    ).toBe(304);
    const before = await frame('r2/timeline/frames?at=1200&height=180&version=1');
    expect(before.bytes.equals(bytes)).toBe(false);
    expect(sizeOf((await frame('r2/timeline/frames?at=86400000')).bytes)).toEqual([640, 360]);
  });

  it('that cannot be asked for, or whose recording is gone, says so', async () => {
    for (const query of ['', '?at=-1', '?at=x', '?at=0&height=181', '?at=0&height=4000'])
      expect(await get(`r2/timeline/frames${query}`)).toMatchObject(problem(400, 'invalid_input'));
    expect(await get('r2/timeline/frames?at=0&version=99')).toMatchObject(
      problem(410, 'timeline_version_gone'),
    );
    expect(await get('nothing/timeline/frames?at=0')).toMatchObject(problem(404, 'not_found'));
    await storeFilmedRun({ database, store }, 'emptied');
    expect((await get('emptied/timeline')).status).toBe(200);
    const [take] = await database.takes.list('emptied');
    await store.delete(storageKeys.takeIndex(take?.storageKey ?? ''));
    expect(await get('emptied/timeline/frames?at=0')).toMatchObject(problem(409, 'timeline_missing'));
    await store.delete(take?.storageKey ?? '');
    expect(await get('emptied/timeline/frames?at=0')).toMatchObject(problem(410, 'take_gone'));
  });
});

describe('a film of the same plan', () => {
  it('takes over the edits that still apply, and names those that do not', async () => {
    const first = await get('again/timeline');
    const answer = await post('again/timeline/carry', { fromRunId: 'r2' }, etagOf(first));
    expect(answer).toMatchObject({
      status: 200,
      json: { version: 2, dropped: [], timeline: { theme: 'aurora' } },
    });
    expect(answer.json['kept']).toMatchObject([{ op: 'setTheme' }, { op: 'setDuration' }]);
    expect(timelineOf(answer).items[0]?.id).toMatch(/^again-/u);
    const undone = await post('again/timeline/undo', {}, etagOf(answer));
    expect(timelineOf(undone)).toEqual(timelineOf(first));
  });

  it('takes nothing from a film of another plan, or from one that is not there', async () => {
    const etag = etagOf(await get('again/timeline'));
    expect(await post('again/timeline/carry', { fromRunId: 'old' }, etag)).toMatchObject(
      problem(409, 'other_plan'),
    );
    expect(await post('again/timeline/carry', { fromRunId: 'nothing' }, etag)).toMatchObject(
      problem(404, 'not_found'),
    );
    expect(await post('again/timeline/carry', {}, etag)).toMatchObject(problem(400, 'invalid_input'));
  });

  it('without an edit changes nothing', async () => {
    const etag = etagOf(await get('again/timeline'));
    const nothing = await post('r1/timeline/carry', { fromRunId: 'again' }, etagOf(await get('r1/timeline')));
    expect(nothing).toMatchObject({ status: 200, json: { kept: [], dropped: [] } });
    expect(etagOf(await get('again/timeline'))).toBe(etag);
  });
});

describe('the timeline as OpenTimelineIO', () => {
  it('names the files of the run, and read as it is changes nothing', async () => {
    const now = await get('otio/timeline');
    const { status, json, headers } = await get('otio/timeline/otio');
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toBe('attachment; filename=otio.otio');
    expect(json).toMatchObject({ OTIO_SCHEMA: 'Timeline.1', name: 'A film' });
    expect(JSON.stringify(json)).toContain('"target_url":"take.mkv"');
    const same = await post('otio/timeline/otio', json, etagOf(now));
    expect(same).toMatchObject({ status: 200, json: { version: 1, lost: [], timeline: timelineOf(now) } });
  });

  it('read is one change, that is of the version which was seen, and can be undone', async () => {
    const now = await get('otio/timeline');
    const { json } = await get('otio/timeline/otio');
    const [track] = (json['tracks'] as { children: [{ children: unknown[] }] }).children;
    const whole = [...track.children];
    track.children.splice(1);
    const foreign = { ...(whole[0] as object), metadata: {}, name: 'logo', media_references: {} };
    track.children.push(foreign);
    expect(await post('otio/timeline/otio', json)).toMatchObject(problem(428, 'if_match_required'));
    expect(await post('otio/timeline/otio', json, '"7"')).toMatchObject(problem(412, 'timeline_changed'));
    const read = await post('otio/timeline/otio', json, etagOf(now));
    const lost = { what: 'clip “logo”', reason: 'Its media (without a name) is no take of this run.' };
    expect(read).toMatchObject({ status: 200, json: { version: 2 } });
    expect(read.json['lost']).toContainEqual(lost);
    expect(timelineOf(read).items).toEqual(timelineOf(now).items.slice(0, 1));
    const undone = await post('otio/timeline/undo', undefined, '"2"');
    expect(timelineOf(undone)).toEqual(timelineOf(now));
    expect(timelineOf(await post('otio/timeline/redo', undefined, '"3"'))).toEqual(timelineOf(read));
    expect((await get('otio/timeline/otio?version=1')).json).toEqual({ ...json, tracks: expect.anything() });
  });

  it('that is none, or shows nothing of the run, is refused', async () => {
    const seen = etagOf(await get('r2/timeline'));
    for (const document of [{ OTIO_SCHEMA: 'Clip.2' }, { OTIO_SCHEMA: 'Timeline.1', tracks: {} }])
      expect(await post('r2/timeline/otio', document, seen)).toMatchObject(problem(400, 'bad_otio'));
    expect(await post('r2/timeline/otio', { tracks: [] }, seen)).toMatchObject(problem(400, 'invalid_input'));
    expect(await get('nothing/timeline/otio')).toMatchObject(problem(404, 'not_found'));
  });
});
