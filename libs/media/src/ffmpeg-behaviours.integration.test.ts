import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runFfmpeg } from './ffmpeg';

/** What ffmpeg does by itself (docs/behaviours.md): why captions, chapters, lists of stills and GIFs are written as they are. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showrunner-ffmpeg-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ffmpeg = (...args: string[]): Promise<Buffer> =>
  runFfmpeg({ program: 'ffmpeg', args: ['-v', 'fatal', '-y', ...args], cwd: folder });
const probe = async (file: string, entries: string, ...args: string[]): Promise<number[]> => {
  const shown = ['-v', 'fatal', ...args, '-show_entries', entries, '-of', 'csv=p=0', file];
  const text = await runFfmpeg({ program: 'ffprobe', args: shown, cwd: folder });
  return text.toString().trim().split('\n').map(Number);
};
const source = (graph: string): string[] => ['-f', 'lavfi', '-i', graph];
/** What ffmpeg makes of a text in one format as another. */
async function converted(text: string, from: string, to: string): Promise<string> {
  await writeFile(join(folder, `in.${from}`), text);
  await ffmpeg('-i', `in.${from}`, `out.${to}`);
  return readFile(join(folder, `out.${to}`), 'utf8');
}

describe('captions about code', () => {
  const TIMES = '00:00:00,000 --> 00:00:01,000';
  test('an SRT loses what stands between < and >', async () => {
    const text = await converted(`1\n${TIMES}\nif a < b && c > d then\n\n`, 'srt', 'vtt');
    expect(text).not.toContain('&& c');
    expect(text).toContain('<b>');
  });
  test('entities of a WebVTT are written as the characters that they stand for', async () => {
    const text = await converted('WEBVTT\n\n00:00.000 --> 00:01.000\na &lt; b\n', 'vtt', 'vtt');
    expect(text).toContain('a < b');
  });
  test('text with a lone % is not drawn, and that is no error', async () => {
    const drawn = "drawtext=text='100%':fontcolor=white:fontsize=30";
    const pixels = await ffmpeg(
      ...source('color=black:s=160x90:d=0.1'),
      ...['-vf', drawn, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'],
    );
    // Black of limited range.
    expect(Math.max(...pixels)).toBeLessThan(20);
  });
});

test('a first chapter that begins later is read back at 0 from an MP4, and at its time from a Matroska file', async () => {
  const chapter = (start: number): string =>
    `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${start}\nEND=${start + 1000}\ntitle=x\n`;
  await writeFile(join(folder, 'chapters.txt'), `;FFMETADATA1\n${chapter(1000)}${chapter(2000)}`);
  const starts: Record<string, number[]> = {};
  for (const type of ['mp4', 'mkv']) {
    const metadata = ['-i', 'chapters.txt', '-map_metadata', '1', '-map', '0'];
    await ffmpeg(...source('color=black:s=64x64:d=3'), ...metadata, '-c:v', 'libx264', `chapters.${type}`);
    starts[type] = await probe(`chapters.${type}`, 'chapter=start_time');
  }
  expect(starts).toEqual({ mp4: [0, 2], mkv: [1, 2] });
});

test('durations of a list of stills snap to 1/25 s', async () => {
  for (const colour of ['red', 'blue'])
    await ffmpeg(...source(`color=${colour}:s=64x64:d=0.1`), '-frames:v', '1', `${colour}.png`);
  await writeFile(join(folder, 'list.txt'), 'file red.png\nduration 0.51\nfile blue.png\nduration 0.51\n');
  await ffmpeg('-f', 'concat', '-i', 'list.txt', '-vsync', 'vfr', 'list.mkv');
  expect(await probe('list.mkv', 'packet=pts_time')).toEqual([0, 0.52]);
});

test('the same WebM is written with other bytes each time, unless it is asked to be exact', async () => {
  const written = async (...flags: string[]): Promise<string> => {
    const codec = ['-c:v', 'libvpx', '-threads', '1', ...flags];
    await ffmpeg(...source('testsrc=d=0.2:s=64x64'), ...codec, 'out.webm');
    return (await readFile(join(folder, 'out.webm'))).toString('base64');
  };
  expect(await written()).not.toBe(await written());
  expect(await written('-fflags', '+bitexact')).toBe(await written('-fflags', '+bitexact'));
});

test('a GIF of 120 frames a second lasts a fifth longer: a delay is a whole hundredth of a second', async () => {
  await ffmpeg(...source('testsrc=d=1:s=64x64:r=120'), 'fast.gif');
  expect(await probe('fast.gif', 'format=duration', '-min_delay', '0')).toEqual([1.2]);
});
