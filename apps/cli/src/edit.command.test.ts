import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ApiClient } from '@showrunner/api-client';
import { edit, readOperations, timelineLines } from './edit.command';

const base = { clipId: 'r-c1', takeId: 't', transition: 'auto' } as const;
const resource = {
  ...{
    runId: 'r',
    version: 4,
    durationMs: 5200,
    canUndo: true,
    canRedo: false,
    createdAt: '',
    updatedAt: '',
  },
  timeline: {
    ...{
      version: 1 as const,
      runId: 'r',
      title: 'My\nfilm',
      page: { width: 1280, height: 720 },
      takes: [],
      chapters: [],
    },
    ...{
      voice: null,
      aspect: '9:16' as const,
      theme: 'aurora' as const,
      look: {},
      callouts: [],
      zooms: [],
      blurs: [],
      actions: [],
    },
    pointer: { style: 'arrow' as const, size: 1, clicks: true },
    items: [
      {
        kind: 'card' as const,
        card: 'opening' as const,
        id: 'r-c1.opening',
        ...base,
        atMs: 0,
        durationMs: 1800,
        title: 'Film',
        body: '',
      },
      { kind: 'footage' as const, id: 'r-c1.1', ...base, inMs: 500, outMs: 3900, speed: 2 },
      { kind: 'still' as const, id: 'r-c1.hold', ...base, atMs: 3900, durationMs: 500 },
    ],
    captions: [{ id: 'caption-1', startMs: 0, endMs: 900, text: 'Add a card', avoid: [] }],
  },
};

describe('operations on the command line', () => {
  it('come from options and from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'edit-')), 'ops.json');
    writeFileSync(file, '[{"op":"remove","id":"a"}]');
    expect(readOperations({ op: ['{"op":"setTitle","title":"x"}'], file })).toEqual([
      { op: 'setTitle', title: 'x' },
      { op: 'remove', id: 'a' },
    ]);
    writeFileSync(file, '{}');
    expect(() => readOperations({ op: [], file })).toThrow('no JSON array');
    writeFileSync(file, '[{"op":"remove"');
    expect(() => readOperations({ op: [], file })).toThrow('is no JSON');
  });

  it.each([
    [{ op: ['nonsense'] }, 'is no JSON'],
    [{ op: ['{"title":"x"}'] }, 'it has no "op"'],
    [{ op: ['null'] }, 'it has no "op"'],
    [{ op: [], file: '/nowhere/ops.json' }, 'cannot be read'],
  ])('that are none say so: %j', (options, message) => {
    expect(() => readOperations(options)).toThrow(expect.objectContaining({ code: 'bad_operation' }));
    expect(() => readOperations(options)).toThrow(message);
  });
});

it('a timeline is told with the ids that operations name', () => {
  expect(timelineLines(resource)).toEqual([
    'My: 5.2 s, 9:16, aurora, version 4',
    '  r-c1.opening  card “Film”, 1.8 s',
    '  r-c1.1  footage 0.5 s to 3.9 s, 2 times as fast',
    '  r-c1.hold  held picture, 0.5 s',
    '  caption-1  caption 0.0 s to 0.9 s: Add a card',
  ]);
});

describe('an edit', () => {
  const asked: { route: string; match: string | undefined; body: string }[] = [];
  const api = new ApiClient({
    ...{ baseUrl: 'http://127.0.0.1:4400/api', apiKey: 'k' },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      const match = request.headers.get('if-match') ?? undefined;
      asked.push({ route: `${request.method} ${pathname}`, match, body: await request.text() });
      return Response.json({
        ...resource,
        ...(pathname.endsWith('carry') && { kept: [], dropped: [] }),
        ...(request.method === 'POST' &&
          pathname.endsWith('otio') && { lost: [{ what: 'clip “logo”', reason: 'No take.' }] }),
      });
    },
  });
  beforeEach(() => {
    asked.length = 0;
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(() => void jest.restoreAllMocks());

  it.each([
    [
      { op: ['{"op":"setTheme","theme":"plain"}'] },
      'operations',
      '{"operations":[{"op":"setTheme","theme":"plain"}]}',
    ],
    [{ op: [], undo: true }, 'undo', ''],
    [{ op: [], redo: true }, 'redo', ''],
    [{ op: [], carry: 'r0' }, 'carry', '{"fromRunId":"r0"}'],
  ])('is of the version that was read: %j', async (options, route, body) => {
    expect(await edit(api, 'r', { ...options, json: true })).toBe(0);
    expect(asked).toEqual([
      { route: 'GET /api/runs/r/timeline', match: undefined, body: '' },
      { route: `POST /api/runs/r/timeline/${route}`, match: '"4"', body },
    ]);
  });

  it('reads a file of OpenTimelineIO, of the version that was read, and says what is not as in the file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'edit-')), 'film.otio');
    writeFileSync(file, '{"OTIO_SCHEMA":"Timeline.1"}');
    const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await edit(api, 'r', { op: [], fromOtio: file })).toBe(0);
    expect(asked[1]).toEqual({
      ...{ route: 'POST /api/runs/r/timeline/otio', match: '"4"', body: '{"OTIO_SCHEMA":"Timeline.1"}' },
    });
    expect(told).toHaveBeenCalledWith('  – not as in the file: clip “logo”: No take.\n');
    writeFileSync(file, '[]');
    await expect(edit(api, 'r', { op: [], fromOtio: file })).rejects.toMatchObject({ code: 'bad_otio' });
    await expect(edit(api, 'r', { op: [], fromOtio: '/nowhere/f.otio' })).rejects.toMatchObject({
      code: 'bad_operation',
    });
  });

  it('writes the film as OpenTimelineIO', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'edit-')), 'film.otio');
    expect(await edit(api, 'r', { op: [], otio: file })).toBe(0);
    expect(asked[1]?.route).toBe('GET /api/runs/r/timeline/otio');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ runId: 'r' });
    await expect(edit(api, 'r', { op: [], otio: '/nowhere/film.otio' })).rejects.toMatchObject({
      code: 'out_unusable',
    });
  });

  it('of two kinds at once is refused before anything is asked', async () => {
    await expect(edit(api, 'r', { op: [], undo: true, carry: 'r0' })).rejects.toMatchObject({
      code: 'edit_ambiguous',
    });
    expect(asked).toEqual([]);
  });
});
