import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { durationOf, type Timeline } from '@showrunner/timeline';
import { PlateCache } from './plate-cache';
import { renderFilm } from './render-film';
import { renderFrame } from './render-frame';
import { openFootage, type TakeFootage } from './take-footage';
import { stillTake } from './testing/still-take';

let folder: string;
let take: Awaited<ReturnType<typeof stillTake>>;
let footage: Map<string, TakeFootage>;
let close: () => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'frames-'));
  const box = (n: number): string => `drawbox=${100 + n * 150}:${80 + n * 90}:90:50:blue:fill`;
  take = await stillTake(folder, [0, 1, 2, 3, 4, 5].map(box).join(','));
  const opened = await openFootage('t', take.takePaths.get('t') ?? '');
  close = opened.close;
  footage = new Map([['t', opened.footage]]);
});
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

/** A card, two pieces of footage with a dissolve between them, a zoom, a hidden place and a caption. */
function edited(change: Partial<Timeline>): Timeline {
  const base = { clipId: 'r-c1', takeId: 't', transition: 'auto' as const };
  return {
    ...take.timeline,
    items: [
      { kind: 'card', card: 'opening', id: 'card', ...base, atMs: 0, durationMs: 1000, title: 'A film', body: '' },
      { kind: 'footage', id: 'a', ...base, inMs: 0, outMs: 2000, speed: 1 },
      { kind: 'footage', id: 'b', ...base, transition: 'dissolve', inMs: 2000, outMs: 3500, speed: 1 },
    ],
    zooms: [{ id: 'z', startMs: 1200, endMs: 2700, focus: { x: 400, y: 260, width: 90, height: 50 }, scale: 2, easeMs: 500 }],
    blurs: [{ id: 'h', startMs: 1000, endMs: 4500, box: { x: 540, y: 340, width: 120, height: 70 } }],
    captions: [{ id: 'c', startMs: 1300, endMs: 2500, text: 'What is to be read', avoid: [] }],
    ...change,
  }; // prettier-ignore
}

/** Red, green and blue of each pixel, by the colours that a film (BT.709) or a JPEG (BT.601) is made in. */
const rgb = (matrix: 'bt709' | 'bt601', args: string[], input?: Buffer): Buffer =>
  execFileSync(
    'ffmpeg',
    ['-v', 'error', ...args, '-vf', `scale=in_color_matrix=${matrix},format=rgb24`, '-f', 'rawvideo', '-'],
    { maxBuffer: 2 ** 30, ...(input && { input }) },
  );

describe('a frame', () => {
  test.each([
    ['as filmed', {}, { width: 640, height: 360 }],
    ['upright, as a window', { aspect: '9:16', theme: 'aurora' }, { width: 360, height: 640 }],
  ] as const)(
    'is that of the film at every moment: %s',
    async (_, change, size) => {
      const timeline = edited(change);
      const outputPath = join(folder, 'film.mp4');
      await renderFilm({ timeline, takePaths: take.takePaths, outputPath, size, ffmpegPath: 'ffmpeg' });
      const bytes = size.width * size.height * 3;
      const plates = new PlateCache();
      const all = rgb('bt709', ['-i', outputPath]);
      const moments = [500, 1450, 2000, 3050, 99_000];
      const differences: number[] = [];
      for (const atMs of moments) {
        const jpeg = await renderFrame({ timeline, atMs, size, plates, footage, ffmpegPath: 'ffmpeg' });
        const frame = rgb('bt601', ['-f', 'image2pipe', '-i', 'pipe:0'], jpeg);
        expect(frame).toHaveLength(bytes);
        const n = Math.min(
          Math.floor((atMs * 30) / 1000 + 1e-6),
          Math.round(durationOf(timeline) * 0.03) - 1,
        );
        const film = all.subarray(n * bytes, (n + 1) * bytes);
        const sum = frame.reduce((total, value, at) => total + Math.abs(value - (film[at] ?? 0)), 0);
        differences.push(sum / frame.length);
      }
      // Both are compressed, each in its own way.
      expect(Math.max(...differences)).toBeLessThan(1.5);
    },
    120_000,
  );

  test('has the size that was asked for, and leaves nothing behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('film-frame-'));
    const size = { width: 320, height: 180 };
    const jpeg = await renderFrame({ timeline: edited({}), atMs: 1500, size, footage, ffmpegPath: 'ffmpeg' });
    writeFileSync(join(folder, 'small.jpg'), jpeg);
    expect(rgb('bt601', ['-i', join(folder, 'small.jpg')])).toHaveLength(320 * 180 * 3);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('film-frame-'))).toEqual(before);
  });

  test('of a take that is not there, without ffmpeg, or that nobody waits for any more says so', async () => {
    const frame = (change: object) =>
      renderFrame({ timeline: edited({}), atMs: 1500, footage, ffmpegPath: 'ffmpeg', ...change });
    await expect(frame({ footage: new Map() })).rejects.toMatchObject({ code: 'take_missing' });
    await expect(frame({ ffmpegPath: '/no/ffmpeg' })).rejects.toMatchObject({ code: 'ffmpeg_missing' });
    await expect(frame({ signal: AbortSignal.abort() })).rejects.toBeDefined();
  });
});
