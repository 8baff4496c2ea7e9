import { expect, it } from '@jest/globals';
import { byKind, bytesOfRuns, GRACE_MS, orphansOf } from './stored-objects';

const NOW = 10 * GRACE_MS;
const object = (key: string, ageMs = 2 * GRACE_MS, bytes = 1) => ({ key, bytes, modifiedAtMs: NOW - ageMs });
const owners = {
  runs: new Set(['r1']),
  exports: new Set(['e1']),
  builds: new Set(['b1']),
  projects: new Set(['p1']),
};
const orphans = (keys: ReturnType<typeof object>[]): string[] =>
  orphansOf(
    keys,
    owners,
    {
      deletions: [{ id: 'run-r2', tenantId: 't', prefixes: ['runs/r2/'], workflows: [], sandboxes: [] }],
      usedAssets: new Set(['aa']),
    },
    NOW,
  ).map(({ key }) => key);

it('an object without a row that says whose it is, is an orphan: of every kind that has rows', () => {
  const owned = [
    'runs/r1/takes/t.mkv',
    'exports/e1/video.mp4',
    'builds/b1/build.log',
    'projects/p1/upload/a.zip',
  ];
  const lost = [
    'runs/r9/takes/t.mkv',
    'exports/e9/video.mp4',
    'builds/b9/build.log',
    'projects/p9/upload/a.zip',
  ];
  expect(orphans([...owned, ...lost, 'assets/aa', 'assets/bb'].map((key) => object(key)))).toEqual([
    ...lost,
    'assets/bb',
  ]);
});

it('not one that was just stored, is being deleted, or has an owner of another kind', () => {
  expect(orphans([object('projects/p9/upload/a.zip', 1000), object('runs/r2/plan.json')])).toEqual([]);
  expect(orphans([object('installs/abc.tar.gz')])).toEqual([]);
});

it('bytes are those of a run with its exports and builds', () => {
  const objects = [object('runs/r1/a', 0, 3), object('runs/r10/a', 0, 100), object('exports/e1/v', 0, 5)];
  const run = { id: 'r1', projectId: 'p1', tenantId: 't', state: 'done' as const, finishedAt: new Date() };
  expect(bytesOfRuns(objects, [{ ...run, exports: ['e1'], builds: ['b1'] }])).toEqual(new Map([['r1', 8]]));
  expect(byKind(objects)).toEqual({ runs: 103, exports: 5 });
});
