import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { indexTake } from './index-take';
import { openTakeFile, type TakeBytes } from './take-bytes';
import { decodeTakeIndex, encodeTakeIndex } from './take-index-codec';
import type { TakeIndex } from './take-file.types';
import { readTakeIndex } from './take-reader';
import { TakeWriter } from './take-writer';

const EPOCH = 1_790_000_000_123;
const HEADER = { startedAtMs: EPOCH, width: 320, height: 240 };
let folder: string;
let path: string;
let written: TakeIndex;

/** A JPEG as far as its size can be read. */
const picture = (n: number, width = 320): Buffer =>
  Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 240, width >> 8, width & 0xff, 3, n >> 8, n & 0xff]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'take-index-'));
  path = join(folder, 'take.mkv');
  const writer = await TakeWriter.create(path, HEADER);
  for (let n = 0; n < 200; n += 1) writer.writeFrame(EPOCH + n * 90, picture(n % 7 === 0 ? 1 : n));
  writer.writeLost(2);
  writer.writeGap({ fromMs: 18_000, toMs: 19_000, reason: 'the recorder was restarted' });
  writer.writeFrame(EPOCH + 19_000, picture(900, 640));
  written = await writer.finalise(EPOCH + 20_000);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withFile<T>(of: string, use: (take: TakeBytes) => Promise<T>): Promise<T> {
  const file = await openTakeFile(of);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** JSON with another value at a place. */
function changed(json: Buffer, place: string[], value: unknown): Buffer {
  const whole = JSON.parse(json.toString()) as Record<string, unknown>;
  let at = whole;
  for (const key of place.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[place.at(-1) ?? ''] = value;
  return Buffer.from(JSON.stringify(whole));
}

describe('the index of a take', () => {
  test('that its writer knows is what parsing the file finds, in a thread or here', async () => {
    const { contentEnd, layout, clusters, ...parsed } = await indexTake(path);
    expect(parsed).toEqual(written);
    expect(readTakeIndex(path)).toEqual({ ...parsed, contentEnd, layout, clusters });
    expect(written.frames.filter(({ changed }) => changed).length).toBeLessThan(written.frames.length);
    expect(written.frames.at(-1)).toMatchObject({ tMs: 20_000, width: 640, height: 240, changed: false });
  });

  test('of a take that was continued is what parsing the whole file finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 400, max: readFileSync(path).length }), async (cut) => {
        const copy = join(folder, 'continued.mkv');
        copyFileSync(path, copy);
        truncateSync(copy, cut);
        const { writer } = await TakeWriter.openForAppend(copy);
        for (const n of [1, 5, 199, 1]) writer.writeFrame(EPOCH + 30_000 + n, picture(n));
        const index = await writer.finalise(EPOCH + 31_000);
        expect(readTakeIndex(copy)).toMatchObject(index);
      }),
      { numRuns: 15 },
    );
  });

  test('reads back as it was stored', async () => {
    await withFile(path, async (take) => {
      expect(await decodeTakeIndex(await encodeTakeIndex(written, take), take)).toEqual(written);
    });
  });

  test('is not used for a take that was continued since, or for another take of the same length', async () => {
    const stored = await withFile(path, (take) => encodeTakeIndex(written, take));
    const longer = join(folder, 'longer.mkv');
    copyFileSync(path, longer);
    const { writer } = await TakeWriter.openForAppend(longer);
    writer.writeFrame(EPOCH + 40_000, picture(3));
    await writer.finalise(EPOCH + 40_100);
    expect(await withFile(longer, (take) => decodeTakeIndex(stored, take))).toBeNull();

    const other = join(folder, 'other.mkv');
    const bytes = readFileSync(path);
    bytes[bytes.indexOf('1790000000123')] = '2'.charCodeAt(0);
    writeFileSync(other, bytes);
    expect(await withFile(other, (take) => decodeTakeIndex(stored, take))).toBeNull();
  });

  test('damaged or hostile, is none: nothing outside the take is ever believed', async () => {
    await withFile(path, async (take) => {
      const stored = await encodeTakeIndex(written, take);
      const hostile: [place: string[], value: unknown][] = [
        [['version'], 2],
        [['frames', 'length'], []],
        [['frames', 'gap', '3'], take.bytes],
        [['frames', 'gap', '3'], -50],
        [['frames', 'length', '0'], 1e300],
        [['frames', 'tMs', '5'], '7'],
        [['frames', 'size', '5'], 99],
        [['sizes'], null],
        [['frames'], null],
        [['facts', 'durationMs'], null],
        [['facts', 'gaps'], [null]],
      ];
      for (const [place, value] of hostile)
        expect(await decodeTakeIndex(changed(stored, place, value), take)).toBeNull();
      for (const text of ['', 'null', '[]', '{}', '7', '{"version":1}', stored.subarray(0, 900).toString()])
        expect(await decodeTakeIndex(Buffer.from(text), take)).toBeNull();
    });
  });
});

describe('indexing a take', () => {
  test('that is cut before its header ends is refused with a code', async () => {
    const headless = join(folder, 'headless.mkv');
    for (const length of [0, 1, 40, 120]) {
      writeFileSync(headless, readFileSync(path).subarray(0, length));
      await expect(indexTake(headless)).rejects.toMatchObject({ code: 'take_unreadable' });
    }
  });

  test('with damaged bytes anywhere gives frames within the file, or a coded refusal', async () => {
    const bytes = readFileSync(path);
    const damaged = join(folder, 'damaged.mkv');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        (changes) => {
          const copy = Buffer.from(bytes);
          for (const [at, value] of changes) copy[at] = value;
          writeFileSync(damaged, copy);
          let index: TakeIndex;
          try {
            index = readTakeIndex(damaged);
          } catch (error) {
            expect(error).toMatchObject({ code: 'take_unreadable' });
            return;
          }
          let lastMs = 0;
          for (const { tMs, offset, length } of index.frames) {
            expect(offset + length).toBeLessThanOrEqual(copy.length);
            expect(tMs).toBeGreaterThanOrEqual(lastMs);
            lastMs = tMs;
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('ends when it is no longer wanted', async () => {
    const stop = new AbortController();
    const reason = new RangeError('no longer wanted');
    const indexing = indexTake(path, stop.signal);
    stop.abort(reason);
    await expect(indexing).rejects.toBe(reason);
    await expect(indexTake(path, stop.signal)).rejects.toBe(reason);
  });

  test('of a file that is not there says so', async () => {
    await expect(indexTake(join(folder, 'none.mkv'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
