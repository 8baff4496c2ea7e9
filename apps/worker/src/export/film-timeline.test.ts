import { describe, expect, test } from '@jest/globals';
import { exportIdOf } from '@showrunner/contracts';
import type { ExportOutput } from '@showrunner/contracts';
import { applyOperation } from '@showrunner/timeline';
import type { Timeline } from '@showrunner/timeline';
import type { FilmSource } from './film-source';
import { filmTimeline } from './film-timeline';

const SIZE = { width: 1280, height: 720 };
const frame = (tMs: number) => ({ tMs, offset: 0, length: 1, ...SIZE, changed: true });
const source: FilmSource = {
  ...{ runId: 'r', title: 'Film', features: [], size: SIZE, takePaths: new Map(), actions: [] },
  clips: [{ clipId: 'r-c1', number: 1, feature: 'f', takeId: 't', startMs: 0, endMs: 4000 }],
  takeIndexes: new Map([
    [
      't',
      {
        ...{ startedAtMs: 0, ...SIZE, gaps: [], framesLost: 0, durationMs: 5000, finalised: true },
        frames: [frame(0), frame(2000)],
      },
    ],
  ]),
};

/** What is stored of one run. */
function database(first: Timeline | null = null) {
  const stored = { version: 1, document: first };
  const inverses: { version: number; inverse: unknown }[] = [];
  const record = (runId: string) => ({
    ...{ runId, version: stored.version, document: stored.document, createdAt: '', updatedAt: '' },
  });
  const timelines = {
    find: (runId: string) => Promise.resolve(stored.document === null ? null : record(runId)),
    create: (runId: string, document: unknown) => {
      stored.document ??= document as Timeline;
      return Promise.resolve(record(runId));
    },
    inversesAfter: () => Promise.resolve(inverses),
  };
  const retitle = (title: string): void => {
    if (stored.document === null) return;
    const { timeline, inverse } = applyOperation(stored.document, { op: 'setTitle', title });
    Object.assign(stored, { version: stored.version + 1, document: timeline });
    inverses.unshift({ version: stored.version, inverse });
  };
  // Of all repositories, those of timelines are asked for, and of them these.
  return { stored, retitle, deps: { timelines } as unknown as Parameters<typeof filmTimeline>[0] };
}
const asked = (exportId: string, output?: ExportOutput) => ({
  runId: 'r',
  exportId,
  ...(output && { output }),
});

describe('the timeline of a film', () => {
  test('is made without questions, and stored as the run’s own film looks', async () => {
    const { deps, stored } = database();
    const look = { format: 'mp4', aspect: '9:16', theme: 'aurora' } as const;
    const film = await filmTimeline(deps, asked(exportIdOf('r'), look), source);
    expect(film).toMatchObject({ title: 'Film', aspect: '9:16', theme: 'aurora' });
    expect(stored.document).toEqual(film);
  });

  test('of a run from before is stored as it was filmed, whatever this export looks like', async () => {
    const { deps, stored } = database();
    const film = await filmTimeline(deps, asked('e1', { format: 'mp4', theme: 'aurora' }), source);
    expect([film.theme, stored.document?.theme]).toEqual(['aurora', 'plain']);
  });

  test('is the version that was asked for, also when it was edited since; the looks named with it count', async () => {
    const first = await filmTimeline(database().deps, asked('e'), source);
    const { deps, retitle } = database(first);
    retitle('Edited');
    retitle('Edited again');
    const at = (timelineVersion: number, look: Partial<ExportOutput> = {}) =>
      filmTimeline(deps, asked('e1', { format: 'mp4', timelineVersion, ...look }), source);
    expect((await at(2)).title).toBe('Edited');
    expect(await at(3, { aspect: '1:1' })).toMatchObject({ title: 'Edited again', aspect: '1:1' });
    await expect(at(4)).rejects.toMatchObject({ code: 'timeline_version_gone' });
  });

  test('that is not stored cannot be asked for by its version', async () => {
    const gone = filmTimeline(database().deps, asked('e', { format: 'mp4', timelineVersion: 1 }), source);
    await expect(gone).rejects.toMatchObject({ code: 'timeline_version_gone', status: 410 });
  });
});
