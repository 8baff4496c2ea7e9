import { expect, it } from '@jest/globals';
import { storedLines } from './stored';

const stored = {
  ...{ runs: 14, bytesOfRuns: 1.2 * 1024 ** 3, due: [], missing: [] },
  limits: { runsKeptDays: 90, runsKeptBytes: 20 * 1024 ** 3 },
  disk: { freeBytes: 66 * 1024 ** 3, freeFloorBytes: 2 * 1024 ** 3 },
};

it('the status has a line about what is kept, and one more for each thing that is not as it should be', () => {
  expect(storedLines(null)).toEqual([]);
  expect(storedLines(stored)).toEqual([
    '  Kept             14 runs, 1.2 GiB of 20 GiB, for 90 days; 66 GiB of the disk are free',
  ]);
  const disk = { freeBytes: 1, freeFloorBytes: 1024 ** 3 };
  expect(storedLines({ ...stored, disk, due: [1, 2], missing: [1] }).slice(1)).toEqual([
    expect.stringContaining('New work is refused: less than 1 GiB are free.'),
    expect.stringContaining('2 runs are over the limits'),
    expect.stringContaining('1 files of runs are gone'),
  ]);
});
