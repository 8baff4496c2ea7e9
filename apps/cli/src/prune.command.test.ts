import { expect, it } from '@jest/globals';
import { pruneLines } from './prune.command';

const report = {
  ...{ bytes: 10, byKind: {}, runs: 3, bytesOfRuns: 5 * 1024 ** 2 },
  limits: { runsKeptDays: 90, runsKeptBytes: 20 * 1024 ** 3 },
  disk: { freeBytes: 3 * 1024 ** 3, totalBytes: 1024 ** 4, freeFloorBytes: 0 },
  due: [
    { runId: 'r1', projectId: 'p1', finishedAt: '', bytes: 2048, reason: 'It ended more than 90 days ago.' },
  ],
  orphans: [{ key: 'runs/r9/plan.json', bytes: 100 }],
  missing: [{ runId: 'r2', key: 'runs/r2/takes/t.mkv' }],
};

it('a dry run says what would go and why, and the other what went', () => {
  expect(pruneLines({ ...report, isPruned: false })).toEqual([
    'would be deleted: run r1, 2 KiB. It ended more than 90 days ago.',
    'would be deleted: runs/r9/plan.json, 100 B. It belongs to nothing.',
    'missing: runs/r2/takes/t.mkv of run r2. Its files are gone; delete the run.',
    '2.1 KiB would be freed. 5 MiB in 3 runs now; kept are 20 GiB and 90 days. 3 GiB of the disk are free.',
  ]);
  expect(pruneLines({ ...report, isPruned: true })[0]).toBe(
    'deleted: run r1, 2 KiB. It ended more than 90 days ago.',
  );
});
