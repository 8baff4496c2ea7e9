import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FileObjectStore } from '@showrunner/storage';
import { KeptInstalls, type KeptInstall } from './kept-installs';

const HOUR = 3_600_000;
const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];

let folder: string;
let store: FileObjectStore;
let now: number;
let kept: KeptInstalls;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showrunner-installs-'));
  store = new FileObjectStore(folder);
  now = 1_800_000_000_000;
  kept = new KeptInstalls(store, () => now);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}
const keep = (key: string, text = 'packed', locked = true): Promise<KeptInstall> =>
  kept.keep(key, { packing: 'zstd', bytes: text.length }, chunks(text), { install: 'npm ci', locked });
const content = async (key: string): Promise<string> => {
  const entry = await kept.find(key);
  if (entry === undefined) throw new TypeError('There is no entry.');
  return (await buffer(await kept.open(entry))).toString();
};

describe('kept installs', () => {
  test('are found again by their key, with the command that made them', async () => {
    await kept.keep(A, { packing: 'gzip', bytes: 4 }, chunks('pa', 'ck'), {
      install: 'npm ci',
      locked: true,
    });
    expect(await kept.find(A)).toMatchObject({ install: 'npm ci', packing: 'gzip', bytes: 4 });
    expect(await content(A)).toBe('pack');
    expect(await kept.find(B)).toBeUndefined();
  });

  test('of the same key that are written at once are each whole', async () => {
    const texts = Array.from({ length: 8 }, (_, index) => String(index).repeat(1000));
    await Promise.all(texts.map((text) => keep(A, text)));
    expect(texts).toContain(await content(A));
  });

  test('whose stream breaks off leave nothing to be found', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('pa');
      throw new RangeError('cut');
    }
    await expect(
      kept.keep(A, { packing: 'zstd', bytes: 4 }, broken(), { install: 'npm ci', locked: true }),
    ).rejects.toThrow('cut');
    expect(await kept.find(A)).toBeUndefined();
  });

  test.each(['cut', 'changed', 'longer'])('end with an error when they are %s', async (how) => {
    const { object } = await keep(A, 'x'.repeat(200_000));
    const path = join(folder, object);
    if (how === 'cut') await truncate(path, 100_000);
    else if (how === 'longer') await writeFile(path, 'y', { flag: 'a' });
    else await writeFile(path, (await readFile(path, 'utf8')).replace(/x$/, 'y'));
    await expect(content(A)).rejects.toMatchObject({ code: 'install_damaged' });
  });

  test('whose entry cannot be read are not there', async () => {
    await keep(A);
    await writeFile(join(folder, `installs/${A}/entry.json`), '{');
    expect(await kept.find(A)).toBeUndefined();
  });

  test('without a lock file go after a day, however often they are used; others two weeks after their last use', async () => {
    await keep(A, 'unlocked', false);
    await keep(B);
    now += 23 * HOUR;
    for (const key of [A, B]) await kept.touch(key, (await kept.find(key)) as KeptInstall);
    expect(await kept.find(A)).toBeDefined();
    now += 2 * HOUR;
    expect(await kept.find(A)).toBeUndefined();
    now += 13 * 24 * HOUR;
    expect(await kept.find(B)).toBeDefined();
    now += 2 * 24 * HOUR;
    expect(await kept.find(B)).toBeUndefined();
  });

  test('are tidied: expired ones, and the longest unused over the bound', async () => {
    await keep(A, 'x'.repeat(100));
    now += HOUR;
    await keep(B, 'x'.repeat(100));
    now += HOUR;
    await kept.touch(A, (await kept.find(A)) as KeptInstall);
    await keep(C, 'x'.repeat(100), false);
    expect(await kept.tidy(250)).toEqual({ removed: 1, bytes: 200 });
    expect(await kept.find(B)).toBeUndefined();
    now += 30 * HOUR;
    expect(await kept.tidy(250)).toEqual({ removed: 1, bytes: 100 });
    expect(await content(A)).toHaveLength(100);
    expect((await store.list('installs/')).filter(({ key }) => !key.includes(A))).toEqual([]);
  });

  test('that nobody finished are tidied after an hour, what is being written is not', async () => {
    await store.put(`installs/${A}/${now}-00.tar.zst`, 'half');
    const { object } = await keep(A);
    await kept.tidy(1000);
    expect(await store.list('installs/')).toHaveLength(3);
    now += 2 * HOUR;
    await kept.tidy(1000);
    expect((await store.list('installs/')).map(({ key }) => key)).toEqual(
      [object, `installs/${A}/entry.json`].sort(),
    );
  });

  test('that are dropped leave no object', async () => {
    await keep(A);
    await keep(A);
    await kept.drop(A);
    expect(await store.list('installs/')).toEqual([]);
    expect((await readdir(join(folder, 'installs', A))).length).toBe(0);
  });
});
