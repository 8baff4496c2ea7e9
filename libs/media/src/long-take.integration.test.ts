import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { indexTake } from '@showrunner/recorder';
import { autoEdit } from '@showrunner/timeline';
import { renderFilm } from './render-film';
import { takePictures } from './take-footage';
import { writeMovingTake } from './testing/moving-take';

const SIZE = { width: 1920, height: 1080 };
const TAKE_MS = 10_000;
/** A heartbeat is missed after six seconds; a busy machine alone takes its share of them. */
const LONGEST_BLOCK_MS = 1000;
const MOST_GROWTH_MB = 150;

let folder: string;
let path: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'long-take-'));
  path = join(folder, 'take.mkv');
  await writeMovingTake({ path, size: SIZE, durationMs: TAKE_MS, quality: 2, ffmpegPath: 'ffmpeg' });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Longest time, ms, for which nothing else could run here, and the growth of this process's memory, MB, during `work`. */
async function strainOf(work: () => Promise<unknown>): Promise<{ blockMs: number; growthMb: number }> {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  delays.enable();
  try {
    await work();
  } finally {
    delays.disable();
    clearInterval(timer);
  }
  return { blockMs: delays.max / 1e6, growthMb: (most - before) / 1024 / 1024 };
}

describe('defect 6: a long take of a page that moves', () => {
  test('is much longer than what memory may grow by', () => {
    expect(statSync(path).size / 1024 / 1024).toBeGreaterThan(MOST_GROWTH_MB * 1.5);
  });

  test('is indexed in a thread: nothing else waits, and memory does not grow with the take', async () => {
    const { blockMs, growthMb } = await strainOf(() => indexTake(path));
    expect(blockMs).toBeLessThan(LONGEST_BLOCK_MS);
    expect(growthMb).toBeLessThan(MOST_GROWTH_MB);
  });

  test('is rendered picture by picture: nothing else waits, and memory does not grow with the film', async () => {
    const index = await indexTake(path);
    const strain = await strainOf(
      () =>
      renderFilm({
        timeline: autoEdit({
          runId: 'r', title: 'A page that moves', size: SIZE, takes: [takePictures('take', index)], actions: [],
          features: [{ id: 'scroll', title: 'Scroll', description: '' }],
          clips: [{ clipId: 'r-c1', number: 1, feature: 'scroll', takeId: 'take', startMs: 0, endMs: TAKE_MS }],
        }),
        ffmpegPath: 'ffmpeg', outputPath: join(folder, 'film.mp4'),
        takePaths: new Map([['take', path]]), takeIndexes: new Map([['take', index]]),
      }), // prettier-ignore
    );
    expect(strain.blockMs).toBeLessThan(LONGEST_BLOCK_MS);
    expect(strain.growthMb).toBeLessThan(MOST_GROWTH_MB);
  }, 180_000);
});
