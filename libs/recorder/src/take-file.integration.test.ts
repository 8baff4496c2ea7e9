import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTakeIndex } from './take-reader';
import { TakeWriter } from './take-writer';

const EPOCH = 1_790_000_000_123;
let folder: string;
let jpeg: Buffer;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'take-file-'));
  const picture = join(folder, 'frame.jpg');
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'color=red:s=320x240',
    '-frames:v',
    '1',
    picture,
  ]);
  jpeg = readFileSync(picture);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function writeTake(
  name: string,
  times: number[],
  frame: (n: number) => Buffer = () => jpeg,
): Promise<string> {
  const path = join(folder, name);
  const writer = await TakeWriter.create(path, { startedAtMs: EPOCH, width: 320, height: 240 });
  times.forEach((t, n) => writer.writeFrame(EPOCH + t, frame(n)));
  await writer.close();
  return path;
}

function probe(path: string): { frames: number; times: number[]; duration: number; errors: string } {
  const out = execFileSync(
    'ffprobe',
    ['-v', 'error', '-count_frames', '-show_entries', 'frame=pts_time:format=duration', '-of', 'json', path],
    { encoding: 'utf8' },
  );
  const found = JSON.parse(out) as { frames: { pts_time: string }[]; format: { duration?: string } };
  return {
    frames: found.frames.length,
    times: found.frames.map((frame) => Math.round(Number(frame.pts_time) * 1000)),
    duration: Number(found.format.duration ?? Number.NaN),
    errors: '',
  };
}

describe('take file', () => {
  test('what is written reads back: times, bytes, clock', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.integer({ min: 0, max: 9000 }), fc.uint8Array({ minLength: 1, maxLength: 3000 })),
          {
            minLength: 1,
            maxLength: 40,
          },
        ),
        async (steps) => {
          let at = 0;
          const times = steps.map(([step], n) => (n === 0 ? 0 : (at += step)));
          const path = await writeTake('round-trip.mkv', times, (n) => Buffer.from(steps[n]?.[1] ?? []));
          const index = readTakeIndex(path);
          const bytes = readFileSync(path);
          expect(index.startedAtMs).toBe(EPOCH);
          expect(index.frames.map((frame) => frame.tMs)).toEqual(times);
          index.frames.forEach((frame, n) =>
            expect(bytes.subarray(frame.offset, frame.offset + frame.length)).toEqual(
              Buffer.from(steps[n]?.[1] ?? []),
            ),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a file cut at any byte keeps every whole frame, and can be continued on the same clock', async () => {
    const times = Array.from({ length: 30 }, (_, n) => n * 400);
    const whole = await writeTake('whole.mkv', times);
    const size = statSync(whole).size;
    const first = readTakeIndex(whole).frames[0];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: first?.offset ?? 0, max: size }), async (cut) => {
        const path = join(folder, 'cut.mkv');
        copyFileSync(whole, path);
        truncateSync(path, cut);
        const expected = readTakeIndex(whole).frames.filter((frame) => frame.offset + frame.length <= cut);
        expect(readTakeIndex(path).frames).toEqual(expected);

        const { writer, before } = await TakeWriter.openForAppend(path);
        expect(before.frames.length).toBe(expected.length);
        writer.writeGap({ fromMs: 1, toMs: 2, reason: 'test' });
        writer.writeFrame(EPOCH + 20_000, jpeg);
        await writer.finalise(EPOCH + 21_000);
        const after = readTakeIndex(path);
        expect(after.frames.map((frame) => frame.tMs)).toEqual([
          ...expected.map((frame) => frame.tMs),
          20_000,
          21_000,
        ]);
        expect(after.gaps).toEqual([{ fromMs: 1, toMs: 2, reason: 'test' }]);
        expect(after.finalised).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('ffprobe reads a take that was never finalised, cut in the middle of a frame', async () => {
    const path = await writeTake('crashed.mkv', [0, 17, 33, 6000]);
    truncateSync(path, statSync(path).size - 100);
    expect(probe(path).times.slice(0, 3)).toEqual([0, 17, 33]);
  });

  test('ffprobe reads a continued and finalised take: every frame, true duration', async () => {
    const path = await writeTake('continued.mkv', [0, 17, 33, 5500]);
    const { writer } = await TakeWriter.openForAppend(path);
    writer.writeGap({ fromMs: 5500, toMs: 9000, reason: 'the recorder was restarted' });
    writer.writeFrame(EPOCH + 9000, jpeg);
    writer.writeLost(2);
    writer.writeLost(1);
    await writer.finalise(EPOCH + 12_345);
    const found = probe(path);
    expect(found.times).toEqual([0, 17, 33, 5500, 9000, 12_345]);
    expect(found.duration).toBeCloseTo(12.345, 2);
    expect(readTakeIndex(path)).toMatchObject({ framesLost: 3, durationMs: 12_345, finalised: true });
  });

  test('a finalised take can be continued and finalised again', async () => {
    const path = await writeTake('twice.mkv', [0, 40]);
    const first = await TakeWriter.openForAppend(path);
    await first.writer.finalise(EPOCH + 100);
    const second = await TakeWriter.openForAppend(path);
    expect(readTakeIndex(path).finalised).toBe(false);
    second.writer.writeFrame(EPOCH + 300, jpeg);
    await second.writer.finalise(EPOCH + 400);
    expect(probe(path).times).toEqual([0, 40, 100, 300, 400]);
  });

  test('a file without a whole header is refused with a remedy', async () => {
    const path = await writeTake('headless.mkv', [0]);
    truncateSync(path, 30);
    expect(() => readTakeIndex(path)).toThrow(expect.objectContaining({ code: 'take_unreadable' }));
  });
});
