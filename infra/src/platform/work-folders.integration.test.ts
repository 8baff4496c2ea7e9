import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { removeWorkFolders } from './work-folders';

let home: string | undefined;
afterEach(async () => {
  if (home !== undefined) await rm(home, { recursive: true, force: true });
});

it('fault 10: what a killed worker left is removed at the next start; takes stay', async () => {
  home = await mkdtemp(join(tmpdir(), 'showrunner-work-'));
  expect(await removeWorkFolders(home)).toBe(0);
  for (const name of ['browser-s1-aB3', 'segment-x', 'export-y', 'takes/t1'])
    await mkdir(join(home, 'work', name), { recursive: true });
  expect(await removeWorkFolders(home)).toBe(3);
  expect(await readdir(join(home, 'work'))).toEqual(['takes']);
});
