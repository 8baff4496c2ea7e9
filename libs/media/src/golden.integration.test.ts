import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { filmSize } from './schedule';
import { renderFrame } from './render-frame';
import { openFootage, type TakeFootage } from './take-footage';
import { GOLDEN_PAGE, goldenMoments, type GoldenMoment } from './testing/golden-films';
import { differenceOf, smallPicture } from './testing/golden-pictures';
import { stillTake } from './testing/still-take';

/** What films look like, kept as small pictures. `UPDATE_GOLDEN=1` keeps them as they are now: look at them before they are committed. */
const KEPT = join(import.meta.dirname, '../golden');
const isUpdate = process.env['UPDATE_GOLDEN'] === '1';

let folder: string;
let take: Awaited<ReturnType<typeof stillTake>>;
let footage: Map<string, TakeFootage>;
let close: () => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'golden-'));
  take = await stillTake(folder, GOLDEN_PAGE);
  const opened = await openFootage('t', take.takePaths.get('t') ?? '');
  close = opened.close;
  footage = new Map([['t', opened.footage]]);
  mkdirSync(KEPT, { recursive: true });
}, 60_000);
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

async function pictureOf({ timeline, atMs }: GoldenMoment): Promise<Buffer> {
  const { width, height } = filmSize(timeline);
  const size = { width: width / 2, height: height / 2 };
  return smallPicture(await renderFrame({ timeline, atMs, footage, size, ffmpegPath: 'ffmpeg' }));
}

describe('films look as they did', () => {
  test('in every moment that is kept', async () => {
    const seen: string[] = [];
    for (const moment of goldenMoments(take.timeline)) {
      const path = join(KEPT, `${moment.name}.png`);
      const picture = await pictureOf(moment);
      if (isUpdate || !existsSync(path)) {
        if (!isUpdate) seen.push(`${moment.name}: no picture of it is kept`);
        else writeFileSync(path, picture);
        continue;
      }
      const difference = differenceOf(readFileSync(path), picture);
      if (difference === null) continue;
      const now = join(tmpdir(), `golden-${moment.name}.png`);
      writeFileSync(now, picture);
      seen.push(`${moment.name}: ${difference}; as it is now: ${now}`);
    }
    expect(seen).toEqual([]);
  }, 120_000);

  test('which other words, another colour, a missing pointer and a caption elsewhere are not', async () => {
    const [, , latin] = goldenMoments(take.timeline);
    const click = goldenMoments(take.timeline).find(({ name }) => name === 'pointer-click');
    if (latin === undefined || click === undefined) throw new RangeError('no such moment');
    const [words, pointer] = [await pictureOf(latin), await pictureOf(click)];
    const [caption] = latin.timeline.captions;
    const others: [Buffer, GoldenMoment['timeline']][] = [
      [
        words,
        {
          ...latin.timeline,
          captions: caption ? [{ ...caption, text: 'Add “Größe 7 %” to {the} <list> \\N & go on' }] : [],
        },
      ],
      [
        words,
        {
          ...latin.timeline,
          captions: caption ? [{ ...caption, avoid: [{ x: 0, y: 500, width: 1280, height: 220 }] }] : [],
        },
      ],
      [pointer, { ...click.timeline, look: { accent: '#e0403f' } }],
      [pointer, { ...click.timeline, pointer: { style: 'none', size: 1, clicks: true } }],
    ];
    for (const [kept, timeline] of others) {
      const atMs = kept === words ? latin.atMs : click.atMs;
      expect(differenceOf(kept, await pictureOf({ name: '', atMs, timeline }))).not.toBeNull();
    }
    expect(differenceOf(words, await pictureOf(latin))).toBeNull();
  }, 60_000);
});
