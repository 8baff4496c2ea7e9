import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Timeline } from '@showrunner/timeline';
import { Camera } from './camera';
import { renderFilm } from './render-film';
import { scheduleOf } from './schedule';
import { stageOf } from './stage';
import { stillTake } from './testing/still-take';
import { themeOf } from './themes';

let folder: string;
let take: Awaited<ReturnType<typeof stillTake>>;
/** A black square on a white page, and stripes as fine as letters. */
const SQUARE = { x: 300, y: 200, width: 24, height: 24 };
const STRIPES = { x: 800, y: 400, width: 200, height: 40 };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'looks-'));
  const box = ({ x, y, width, height }: typeof SQUARE): string =>
    `drawbox=${x}:${y}:${width}:${height}:black:fill`;
  const stripes = Array.from({ length: 25 }, (_, n) => box({ ...STRIPES, x: STRIPES.x + n * 8, width: 4 }));
  take = await stillTake(folder, [box(SQUARE), ...stripes].join(','));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function render(change: Partial<Timeline>): Promise<{ path: string; timeline: Timeline }> {
  const timeline = { ...take.timeline, ...change };
  const path = join(folder, 'film.mp4');
  await renderFilm({ timeline, takePaths: take.takePaths, outputPath: path, ffmpegPath: 'ffmpeg' });
  return { path, timeline };
}

/** Grey frames of the film, one after the other. */
function greyFrames(path: string, width: number, height: number, rate = 30): Buffer[] {
  const args = ['-v', 'error', '-i', path, '-vf', `fps=${rate},scale=in_range=tv:out_range=pc,format=gray`, '-f', 'rawvideo', '-']; // prettier-ignore
  const all = execFileSync('ffmpeg', args, { maxBuffer: 2 ** 30 });
  const bytes = width * height;
  return Array.from({ length: all.length / bytes }, (_, n) => all.subarray(n * bytes, (n + 1) * bytes));
}

/** Where the dark of a part of a grey frame has its middle. */
function middleOfDark(
  frame: Buffer,
  width: number,
  part: { x: number; y: number; width: number; height: number },
) {
  let [sum, x, y] = [0, 0, 0];
  for (let row = Math.round(part.y); row < part.y + part.height; row += 1)
    for (let column = Math.round(part.x); column < part.x + part.width; column += 1) {
      const dark = 255 - (frame[row * width + column] ?? 255);
      if (dark < 20) continue;
      sum += dark;
      x += dark * (column + 0.5);
      y += dark * (row + 0.5);
    }
  return { x: x / sum, y: y / sum };
}

describe('a zoom', () => {
  test('of a page that stands still moves it as it should to a fraction of a pixel, in every frame', async () => {
    const zoom = { id: 'z', startMs: 500, endMs: 3500, focus: SQUARE, scale: 1.8, easeMs: 900 };
    const { path, timeline } = await render({ zooms: [zoom] });
    const { width, height } = timeline.page;
    const camera = new Camera(timeline, stageOf(timeline.page, timeline.page, themeOf('plain', {})));
    const frames = greyFrames(path, width, height);
    expect(frames).toHaveLength(scheduleOf(timeline).durationMs * 0.03);
    const off = frames.map((frame, n) => {
      const ms = (n * 1000) / 30;
      const box = camera.boxToFilm(SQUARE, ms);
      const near = { x: box.x - 8, y: box.y - 8, width: box.width + 16, height: box.height + 16 };
      const seen = middleOfDark(frame, width, near);
      return { x: seen.x - box.x - box.width / 2, y: seen.y - box.y - box.height / 2 };
    });
    for (const axis of ['x', 'y'] as const) {
      const values = off.map((place) => place[axis]);
      expect(Math.max(...values.map(Math.abs))).toBeLessThan(0.3);
      // No frame stands out of what is around it: that is what an eye sees as shaking.
      const shakes = values
        .slice(1, -1)
        .map((value, n) => value - ((values[n] ?? 0) + (values[n + 2] ?? 0)) / 2);
      expect(Math.max(...shakes.map(Math.abs))).toBeLessThan(0.25);
    }
  }, 60_000);
});

describe('a look', () => {
  test('of a place that is to be hidden leaves nothing to read of it, and only as long as it should', async () => {
    const { path, timeline } = await render({
      blurs: [{ id: 'b', startMs: 1000, endMs: 3000, box: STRIPES }],
    });
    const { width, height } = timeline.page;
    const contrast = (frame: Buffer): number => {
      const row = (STRIPES.y + 20) * width;
      const line = [...frame.subarray(row + STRIPES.x + 8, row + STRIPES.x + STRIPES.width - 8)];
      return Math.max(...line) - Math.min(...line);
    };
    const frames = greyFrames(path, width, height);
    const seconds = (n: number): Buffer => frames[Math.round(n * 30)] ?? Buffer.alloc(0);
    expect(contrast(seconds(1) ?? [])).toBeLessThan(60);
    for (const at of [1.1, 2, 2.9]) expect(contrast(seconds(at))).toBeLessThan(60);
    for (const at of [0.5, 0.9, 3.2]) expect(contrast(seconds(at))).toBeGreaterThan(200);
  }, 60_000);

  test('upright on a background has its size, its colours and the page in its window', async () => {
    const { path, timeline } = await render({ aspect: '9:16', theme: 'graphite' });
    const frames = greyFrames(path, 720, 1280, 1);
    const grey = (x: number, y: number): number => frames[1]?.[y * 720 + x] ?? -1;
    const stage = stageOf({ width: 720, height: 1280 }, timeline.page, themeOf('graphite', {}));
    const { content } = stage;
    // #2a2d33 is 45 in grey.
    for (const [x, y] of [[10, 10], [710, 1270], [10, 1270]] as const) expect(Math.abs(grey(x, y) - 45)).toBeLessThanOrEqual(3); // prettier-ignore
    expect(grey(content.x + 4, content.y + 40)).toBeGreaterThan(250);
    expect(grey(content.x + content.width - 5, content.y + content.height - 40)).toBeGreaterThan(250);
    // A rounded corner: the background shows where a square one would have the page.
    expect(grey(content.x + 1, content.y + content.height - 2)).toBeLessThan(120);
  }, 60_000);
});
