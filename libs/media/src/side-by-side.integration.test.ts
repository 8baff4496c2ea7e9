import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePictures } from './decode-pictures';
import { runFfmpeg } from './ffmpeg';
import { sideBySide, sideLengths, viewOf, type SidesInput } from './side-by-side';
import { TakeFootage } from './take-footage';

const size = { width: 320, height: 240 };
const ffmpegPath = 'ffmpeg';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sides-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A take of still pictures of one colour each, a second apart. */
async function take(...colours: string[]): Promise<TakeFootage> {
  const jpegs = await Promise.all(
    colours.map((colour) =>
      runFfmpeg({
        program: ffmpegPath,
        args: [
          ...['-v', 'error', '-f', 'lavfi', '-i', `color=${colour}:s=320x240`, '-frames:v', '1'],
          ...['-f', 'image2pipe', '-c:v', 'mjpeg', '-q:v', '2', 'pipe:1'],
        ],
      }),
    ),
  );
  const bytes = Buffer.concat(jpegs);
  let offset = 0;
  const frames = jpegs.map(({ length }, n) => {
    const frame = { tMs: n * 1000, offset, length, ...size, changed: true };
    offset += length;
    return frame;
  });
  return new TakeFootage(
    'take',
    { bytes: bytes.length, read: (from, length) => Promise.resolve(bytes.subarray(from, from + length)) },
    { frames, durationMs: colours.length * 1000 },
  );
}

it('shows both sides of a step at the same time, where either changes, and holds the shorter one', async () => {
  const pairs = [
    { before: { fromMs: 0, toMs: 500 }, after: { fromMs: 0, toMs: 1500 } },
    { before: { fromMs: 1000, toMs: 1600 }, after: { fromMs: 2000, toMs: 2200 } },
  ];
  expect(sideLengths(pairs)).toEqual([1500, 600]);
  const input: SidesInput = {
    ...{ before: await take('red', 'yellow'), after: await take('blue', 'lime', 'white') },
    ...{ pairs, size, labels: { before: 'Before {x}', after: 'After' }, folder, ffmpegPath },
  };
  const frames = [];
  for await (const frame of sideBySide(input)) frames.push(frame);
  expect(frames.map(({ atMs }) => atMs)).toEqual([0, 1000, 1500]);
  const pictures = await decodePictures(
    frames.map(({ jpeg }) => jpeg),
    size,
    { ffmpegPath },
  );
  const seen = pictures.map(({ rgba }) =>
    [80, 240].map((x) => {
      const at = (120 * size.width + x) * 4;
      return [...rgba.subarray(at, at + 3)].map((value) => Math.round(value / 255)).join('');
    }),
  );
  expect(seen).toEqual([
    ['100', '001'],
    ['100', '010'],
    ['110', '111'],
  ]);
  expect(await readdir(folder)).toEqual([]);
});

it('shows as much of the page around what differs as fits, and all of it when that does not fit', () => {
  const page = { width: 1280, height: 720 };
  expect(viewOf(page)).toEqual({ x: 0, y: 0, ...page });
  expect(viewOf(page, { x: 0, y: 0, width: 1280, height: 20 })).toEqual({ x: 0, y: 0, ...page });
  expect(viewOf(page, { x: 1200, y: 700, width: 60, height: 20 })).toEqual({
    ...{ x: 664, y: 72, width: 616, height: 648 },
  });
  expect(viewOf(page, { x: 600, y: 300, width: 60, height: 20 })).toMatchObject({ x: 322, width: 616 });
});
