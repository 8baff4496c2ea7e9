import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AppError, clipIdOf, type Clip } from '@showrunner/contracts';
import { TakeWriter, readTakeIndex } from '@showrunner/recorder';
import { clipClock, type EditInput } from '@showrunner/timeline';
import { renderFilm, type RenderInput, type RenderedFilm } from './render-film';
import { openFootage } from './take-footage';
import { editTake } from './testing/edit-take';
import { SIZE, filmBoard, type FilmedBoard } from './testing/filmed-board';

let folder: string;
let board: FilmedBoard;
let film: RenderedFilm;
let path: string;

const HOSTILE = 'Add {\\p1}m 0 0 l 900 0 {\\an8\\fs200} \\N <b>it</b> 😀 שלום';

const boardClips = (): Clip[] =>
  board.milestones.map(({ feature, startMs, endMs }, n) => ({
    clipId: clipIdOf('r', n + 1), number: n + 1, feature, takeId: 'take-1', startMs, endMs,
  })); // prettier-ignore

type Edit = Partial<Omit<EditInput, 'takes' | 'runId'>>;

async function renderInput(edit: Edit = {}, change: Partial<RenderInput> = {}): Promise<RenderInput> {
  const takePath = change.takePaths?.get('take-1') ?? board.path;
  const timeline = await editTake({ takeId: 'take-1', path: takePath }, {
    title: 'Launch board', size: SIZE, clips: boardClips(), cards: { titles: 'cards', openingMs: 1800 }, zooms: false,
    features: [
      { id: 'add-card', title: 'Add a card; it stays', description: 'Everyone sees at once what comes next.' },
      { id: 'dark-theme', title: HOSTILE, description: 'Work late without tired eyes.' },
    ],
    actions: board.actions.map((action) => ({ ...action, takeId: 'take-1' })),
    ...edit,
  }); // prettier-ignore
  return {
    timeline, takePaths: new Map([['take-1', board.path]]), outputPath: path, ffmpegPath: 'ffmpeg', ...change,
  }; // prettier-ignore
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'render-'));
  board = await filmBoard(folder);
  path = join(folder, 'film.mp4');
  film = await renderFilm(await renderInput());
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }));

/** RGB pixels of a piece of the film's frame that is on screen at `atMs`. */
function pixels(atMs: number, x: number, y: number, width: number, height: number, of = path): Buffer {
  const args = ['-v', 'error', '-ss', ((atMs + 10) / 1000).toFixed(3), '-i', of, '-frames:v', '1', '-vf', `format=rgb24,crop=${width}:${height}:${Math.round(x)}:${Math.round(y)}:exact=1`, '-f', 'rawvideo', '-']; // prettier-ignore
  return execFileSync('ffmpeg', args);
}

const average = (values: Buffer): number => values.reduce((sum, value) => sum + value, 0) / values.length;

interface Probe {
  streams: Record<string, string | number>[];
  format: { duration: string; tags: Record<string, string> };
  chapters: { start_time: string; end_time: string; tags: { title: string } }[];
}

describe('a rendered film', () => {
  test('is H.264, 4:2:0, constant 30 fps, BT.709, without sound, as long as its timeline', () => {
    const args = [
      '-v',
      'error',
      '-count_frames',
      '-show_streams',
      '-show_format',
      '-show_chapters',
      '-of',
      'json',
      path,
    ];
    const { streams, format, chapters } = JSON.parse(
      execFileSync('ffprobe', args, { encoding: 'utf8' }),
    ) as Probe;
    expect(streams.filter(({ codec_type }) => codec_type !== 'data')).toHaveLength(1);
    expect(streams[0]).toMatchObject({
      codec_name: 'h264', pix_fmt: 'yuv420p', r_frame_rate: '30/1', avg_frame_rate: '30/1', width: 1280, height: 720,
      color_space: 'bt709', color_transfer: 'bt709', color_primaries: 'bt709', color_range: 'tv',
    }); // prettier-ignore
    expect(Number(streams[0]?.['nb_read_frames'])).toBe(Math.round((film.durationMs * 30) / 1000));
    expect(Math.abs(Number(format.duration) * 1000 - film.durationMs)).toBeLessThanOrEqual(1000 / 30);
    expect(format.tags['title']).toBe('Launch board');
    expect(chapters.map(({ tags }) => tags.title)[0]).toBe('Add a card; it stays');
    expect(chapters).toHaveLength(2);
    expect(Number(chapters[1]?.start_time) * 1000).toBeCloseTo(film.schedule.chapters[1]?.startMs ?? 0, -1);
  });

  test('can be played while it loads: the index stands before the pictures', () => {
    const bytes = readFileSync(path);
    expect(bytes.indexOf('moov')).toBeGreaterThan(0);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  });

  test('keeps colours: white is white, red is red', () => {
    const atMs = clipClock(film.schedule.timeline, clipIdOf('r', 1))?.toFilm(2000) ?? 0;
    expect(Math.min(...pixels(atMs, 1000, 620, 40, 20))).toBeGreaterThanOrEqual(253);
    const [red, green, blue] = pixels(atMs, 20, 680, 1, 1);
    expect(red).toBeGreaterThanOrEqual(250);
    expect(Math.max(green ?? 255, blue ?? 255)).toBeLessThanOrEqual(6);
  });

  test('darkens cards evenly: what is dark in the picture and what is drawn while fading meet without a jump', () => {
    const title = film.schedule.segments.filter(({ kind }) => kind === 'title')[1];
    const at = (framesBeforeEnd: number): number =>
      average(pixels((title?.endMs ?? 0) - ((framesBeforeEnd + 0.5) * 1000) / 30, 900, 560, 200, 100));
    // The fade out begins six frames before the end, at its full strength; the encoder may round each frame a little differently.
    expect(Math.abs(at(7) - at(6))).toBeLessThanOrEqual(4);
    expect(at(7)).toBeLessThan(90);
    expect(at(3)).toBeGreaterThan(at(6) + 20);
    expect(at(1)).toBeGreaterThan(at(3) + 20);
    const opening = film.schedule.segments[0];
    expect(average(pixels((opening?.endMs ?? 0) - 1000 / 30, 900, 560, 200, 100))).toBeLessThan(90);
  });

  test('shows the pointer with its tip on the middle of what is clicked, when it is clicked', () => {
    const clicks = film.schedule.chapters.flatMap(({ clipId, feature }) =>
      board.actions.filter((action) => action.feature === feature).map((action) => ({ action, clipId })),
    );
    for (const { action, clipId } of clicks) {
      const box = action.box;
      if (box === null) throw new RangeError('every action of the board has a box');
      const actMs = clipClock(film.schedule.timeline, clipId)?.toFilm(action.actMs) ?? 0;
      const tip = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
      // Below and right of the tip is the white of the arrow, left of it its dark outline; a frame before the press, at full size.
      const patch = pixels(actMs - 60, tip.x - 4, tip.y - 4, 12, 24);
      const grey = (x: number, y: number): number => patch[(y * 12 + x) * 3 + 1] ?? 0;
      const arrow = [10, 12, 14, 16].map((y) => grey(7, y));
      expect(Math.min(...arrow)).toBeGreaterThan(225);
      const outline = [8, 10, 12, 14].map((y) => Math.min(grey(2, y), grey(3, y)));
      expect(Math.max(...outline)).toBeLessThan(110);
    }
  });

  test('marks the click: what is around the pointer differs from before it', () => {
    const action = board.actions.find(({ feature }) => feature === 'add-card');
    const clock = clipClock(film.schedule.timeline, clipIdOf('r', 1));
    const actMs = clock?.toFilm(action?.actMs ?? 0) ?? 0;
    const box = action?.box ?? { x: 0, y: 0, width: 0, height: 0 };
    const at = [box.x + box.width / 2 - 26, box.y + box.height / 2 - 16, 18, 32] as const;
    const [before, after] = [pixels(actMs - 60, ...at), pixels(actMs + 180, ...at)];
    const changed = before.filter((value, n) => Math.abs(value - (after[n] ?? 0)) > 24).length;
    expect(changed).toBeGreaterThan(before.length * 0.1);
  });

  test('burns captions into the lower third, and text of a page cannot draw', () => {
    const cues = film.captions.split('\n').filter((line) => line.includes('-->'));
    expect(cues).toHaveLength(7);
    const atMs = clipClock(film.schedule.timeline, clipIdOf('r', 1))?.toFilm(1500) ?? 0;
    const caption = pixels(atMs, 640 - 150, 640, 300, 44);
    expect(caption.filter((value) => value < 90).length).toBeGreaterThan(caption.length * 0.5);
    expect(caption.filter((value) => value > 200).length).toBeGreaterThan(caption.length * 0.02);
    // The hostile title would paint the upper edge white.
    const title = film.schedule.segments.filter(({ kind }) => kind === 'title')[1];
    expect(Math.max(...pixels((title?.startMs ?? 0) + 800, 0, 150, 1200, 20))).toBeLessThan(120);
  });
});

describe('a film that is too short for title cards', () => {
  let short: RenderedFilm;
  const shortPath = (): string => join(folder, 'short.mp4');
  const brightness = (atMs: number, y: number, height: number): number =>
    average(pixels(atMs, 900, y, 200, height, shortPath()));

  beforeAll(async () => {
    short = await renderFilm(await renderInput({ cards: undefined }, { outputPath: shortPath() }));
  }, 60_000);

  test('is what two short features get, and tells their titles in its captions', () => {
    expect(short.schedule.segments.filter(({ kind }) => kind === 'title')).toEqual([]);
    expect(short.captions).toContain('Add a card; it stays');
    // The dark box of the title, before anything happens.
    const first = short.schedule.segments.find(({ kind }) => kind === 'hold')?.startMs ?? 0;
    const box = pixels(first + 400, 640 - 60, 640, 120, 30, shortPath());
    expect(box.filter((value) => value < 90).length).toBeGreaterThan(box.length * 0.4);
  });

  test('dissolves from one clip into the next: between bright and bright there is never a dark or a sudden frame', () => {
    const second = short.schedule.chapters[1]?.startMs ?? 0;
    const frames = Array.from({ length: 12 }, (_, n) => brightness(second + ((n - 2) * 1000) / 30, 300, 100));
    const steps = frames.slice(1).map((value, n) => Math.abs(value - (frames[n] ?? 0)));
    expect(Math.min(...frames)).toBeGreaterThan(Math.min(frames[0] ?? 0, frames.at(-1) ?? 0) - 3);
    expect(Math.max(...steps)).toBeLessThanOrEqual(
      Math.abs((frames[0] ?? 0) - (frames.at(-1) ?? 0)) * 0.4 + 3,
    );
  });
});

describe('rendering', () => {
  test('works from a take that was cut off in the middle of a frame', async () => {
    const cut = join(folder, 'cut.mkv');
    copyFileSync(board.path, cut);
    truncateSync(cut, Math.round(statSync(cut).size * 0.6));
    const outputPath = join(folder, 'cut.mp4');
    const clips = boardClips().slice(1);
    const takePaths = new Map([['take-1', cut]]);
    const made = await renderFilm(await renderInput({ clips }, { takePaths, outputPath }));
    expect(made.bytes).toBeGreaterThan(10_000);
  });

  test('leaves out single frames of another size', async () => {
    const odd = join(folder, 'odd.mkv');
    copyFileSync(board.path, odd);
    const small = join(folder, 'small.jpg');
    execFileSync('ffmpeg', [
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      'color=lime:s=640x360',
      '-frames:v',
      '1',
      small,
    ]);
    const { writer, before } = await TakeWriter.openForAppend(odd);
    writer.writeFrame(before.startedAtMs + before.durationMs + 5, readFileSync(small));
    await writer.finalise(before.startedAtMs + before.durationMs + 10);
    const { footage, close } = await openFootage('odd', odd);
    expect(readTakeIndex(odd).frames.length).toBe(footage.frames.length + 2);
    await close();
  });

  test('reports progress up to the end', async () => {
    const shares: number[] = [];
    const clips = boardClips().slice(0, 1);
    const onProgress = (share: number) => void shares.push(share);
    await renderFilm(await renderInput({ clips }, { outputPath: join(folder, 'p.mp4'), onProgress }));
    expect(shares.at(-1)).toBeGreaterThan(0.95);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });

  test('cancelled, leaves nothing: no film, no scratch, no ffmpeg', async () => {
    const stop = new AbortController();
    const outputPath = join(folder, 'cancelled.mp4');
    const reason = new AppError('cancelled', 'stop');
    const rendering = renderFilm(
      await renderInput({}, { outputPath, signal: stop.signal, onProgress: () => stop.abort(reason) }),
    );
    await expect(rendering).rejects.toBe(reason);
    expect(existsSync(outputPath)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('.render-'))).toEqual([]);
  });

  test('says what ffmpeg said when it fails, and leaves nothing', async () => {
    const failing = renderFilm(
      await renderInput({}, { outputPath: join(folder, 'f.mp4'), ffmpegPath: join(folder, 'no-ffmpeg') }),
    );
    await expect(failing).rejects.toMatchObject({ code: 'ffmpeg_missing' });
    // ffprobe knows none of the arguments: it stands for an ffmpeg that refuses.
    const refusing = renderFilm(
      await renderInput({}, { outputPath: join(folder, 'f.mp4'), ffmpegPath: 'ffprobe' }),
    );
    await expect(refusing).rejects.toMatchObject({
      code: 'ffmpeg_failed',
      message: expect.stringContaining('code 1'),
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('.render-'))).toEqual([]);
  });

  test('a thumbnail is a frame of the take, as it was filmed', async () => {
    const { footage, close } = await openFootage('take-1', board.path);
    const jpeg = await footage.jpeg(footage.frameAt(3000));
    await close();
    expect(jpeg.subarray(0, 2).toString('hex')).toBe('ffd8');
    expect(jpeg.subarray(-2).toString('hex')).toBe('ffd9');
  });
});
