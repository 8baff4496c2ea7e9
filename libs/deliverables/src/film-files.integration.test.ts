import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FILM_FILES } from '@showrunner/contracts';
import { plainLine } from '@showrunner/media';
import { filmFiles } from './film-files';
import { encodeGif } from './gif';
import { subRip } from './sub-rip';
import { HOSTILE_TEXTS, outlineOf } from './testing/outlines';
import { encodeWebm } from './webm';

let folder: string;
let videoPath: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "film files ' "));
  videoPath = join(folder, 'video.mp4');
  const source = 'testsrc2=s=320x240:r=30:d=2';
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-pix_fmt', 'yuv420p', videoPath]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const transcode = (name: string) => ({
  ...{ videoPath, outputPath: join(folder, name), durationMs: 2000, ffmpegPath: 'ffmpeg' },
});
const probe = (name: string): Record<string, unknown> =>
  (
    JSON.parse(
      execFileSync(
        'ffprobe',
        ['-v', 'error', '-count_frames', '-show_streams', '-of', 'json', join(folder, name)],
        {
          encoding: 'utf8',
        },
      ),
    ) as { streams: Record<string, unknown>[] }
  ).streams[0] ?? {};
const bytesOf = (...name: string[]): Buffer => readFileSync(join(folder, ...name));

describe('formats', () => {
  test('WebM is VP9 with all frames, and the same bytes twice', async () => {
    await encodeWebm(transcode('a.webm'));
    await encodeWebm(transcode('b.webm'));
    expect(probe('a.webm')).toMatchObject({
      ...{ codec_name: 'vp9', pix_fmt: 'yuv420p', color_space: 'bt709', nb_read_frames: '60', width: 320 },
    });
    expect(bytesOf('a.webm').equals(bytesOf('b.webm'))).toBe(true);
  });

  test('GIF lasts as long as the film, has the size asked for, and the same bytes twice', async () => {
    const size = { width: 320, height: 240 };
    const made = await encodeGif({ ...transcode('a.gif'), size });
    await encodeGif({ ...transcode('b.gif'), size });
    expect(made).toMatchObject({ fps: 20, size, notes: [] });
    expect(probe('a.gif')).toMatchObject({
      codec_name: 'gif',
      width: 320,
      height: 240,
      nb_read_frames: '40',
    });
    expect(Number(probe('a.gif')['duration'])).toBeCloseTo(2, 1);
    expect(bytesOf('a.gif').equals(bytesOf('b.gif'))).toBe(true);
  });

  test('a limit of bytes is kept by lowering, and told; one that cannot be kept is an error', async () => {
    const size = { width: 320, height: 240 };
    const whole = bytesOf('a.gif').length;
    const made = await encodeGif({ ...transcode('c.gif'), size, maxBytes: Math.round(whole * 0.6) });
    expect(made.bytes).toBeLessThanOrEqual(whole * 0.6);
    expect(bytesOf('c.gif')).toHaveLength(made.bytes);
    expect(made.notes).toEqual([expect.stringMatching(/^Lowered to \d+x\d+, (10|5) frames a second/u)]);
    await expect(encodeGif({ ...transcode('d.gif'), size, maxBytes: 500 })).rejects.toMatchObject({
      code: 'gif_too_large',
      status: 422,
    });
  });
});

describe('what stands beside a film', () => {
  test('is all made, with hostile texts, and the same bytes twice', async () => {
    const outline = outlineOf(HOSTILE_TEXTS);
    for (const name of ['first', 'second']) {
      mkdirSync(join(folder, name));
      const input = { outline, videoPath, folder: join(folder, name), ffmpegPath: 'ffmpeg' };
      expect((await filmFiles(input)).sort()).toEqual(Object.values(FILM_FILES).sort());
    }
    for (const name of Object.values(FILM_FILES))
      expect([name, bytesOf('first', name).equals(bytesOf('second', name))]).toEqual([name, true]);
    expect(probe('first/poster.png')).toMatchObject({ codec_name: 'png', width: 320, height: 240 });
    expect(Number(probe('first/contact-sheet.png')['width'])).toBeGreaterThan(1600);
  });

  test('a film without steps has no sheet', async () => {
    mkdirSync(join(folder, 'empty'));
    const input = { outline: outlineOf([]), videoPath, folder: join(folder, 'empty'), ffmpegPath: 'ffmpeg' };
    expect(await filmFiles(input)).not.toContain(FILM_FILES.contactSheet);
  });

  test('a reader of SubRip that knows tags and codes sees each text as it was typed', () => {
    const path = join(folder, 'hostile.srt');
    const cues = HOSTILE_TEXTS.map((text, n) => ({ startMs: n * 1000, endMs: n * 1000 + 900, text }));
    writeFileSync(path, subRip(cues));
    const ass = execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'ass', '-'], { encoding: 'utf8' });
    const texts = [...ass.matchAll(/^Dialogue: (?:[^,]*,){9}(.*?)\r?$/gmu)].map(([, text]) => text);
    expect(texts.map((text) => text?.replaceAll('\u200b', ''))).toEqual(
      HOSTILE_TEXTS.map((text) => plainLine(text)),
    );
  });
});
