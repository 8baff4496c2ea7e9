import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Box, FrameSize } from '@showrunner/contracts';
import { assDocument, assText } from './ass-document';
import { runFfmpeg } from './ffmpeg';
import { fontSize } from './film-look';
import type { TakeFootage } from './take-footage';

/** Ms on the clock of a take. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}
/** The same step on both sides. */
export interface SidePair {
  before: Stretch;
  after: Stretch;
}

export interface SidesInput {
  before: TakeFootage;
  after: TakeFootage;
  pairs: readonly SidePair[];
  /** Of both takes, and of the pictures that are made. */
  size: FrameSize;
  /** What differs, px of the takes: where it fits, both sides show the page around it as large as it is. */
  focus?: Box;
  /** What stands above the sides. */
  labels: { before: string; after: string };
  /** For scratch, which is gone afterwards. */
  folder: string;
  ffmpegPath: string;
  signal?: AbortSignal;
}

export interface SideFrame {
  /** Ms since the first of them. */
  atMs: number;
  jpeg: Buffer;
}

const FPS = 15;
const GAP = 16;
const BAR = 56;
const BACKGROUND = '0x0b1220';

/** How long each pair is shown: as long as its longer side, whose shorter one stands still at its end. */
export const sideLengths = (pairs: readonly SidePair[]): number[] =>
  pairs.map(({ before, after }) => Math.max(1, before.toMs - before.fromMs, after.toMs - after.fromMs));

/**
 * Pictures of two takes side by side, step by step at the same time, each where either side changes.
 * @returns one after the other; the caller stores each before it asks for the next
 * @throws AppError `take_unreadable`, `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function* sideBySide(input: SidesInput): AsyncGenerator<SideFrame> {
  const moments = momentsOf(input);
  const folder = await mkdtemp(join(input.folder, 'sides-'));
  try {
    await writeFile(join(folder, 'labels.ass'), labelsOf(input));
    await runFfmpeg({
      program: input.ffmpegPath,
      args: [
        ...[
          '-v',
          'error',
          '-f',
          'image2pipe',
          '-c:v',
          'mjpeg',
          '-framerate',
          String(2 * FPS),
          '-i',
          'pipe:0',
        ],
        ...['-vf', filterOf(input), '-fps_mode', 'passthrough', '-q:v', '2', '-f', 'image2', '%06d.jpg'],
      ],
      cwd: folder,
      input: picturesOf(input, moments),
      signal: input.signal,
    });
    const made = (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort();
    for (const [n, name] of made.entries()) {
      const moment = moments[n];
      if (moment !== undefined) yield { atMs: moment.atMs, jpeg: await readFile(join(folder, name)) };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Moment {
  atMs: number;
  beforeMs: number;
  afterMs: number;
}

/** The moments, on the grid of the frame rate, at which another picture is to be seen on either side. */
function momentsOf({ before, after, pairs }: SidesInput): Moment[] {
  const moments: Moment[] = [];
  let last = '';
  let startMs = 0;
  for (const [n, lengthMs] of sideLengths(pairs).entries()) {
    const pair = pairs[n] as SidePair;
    for (let frame = 0; (frame * 1000) / FPS < lengthMs; frame += 1) {
      const sinceMs = (frame * 1000) / FPS;
      const on = ({ fromMs, toMs }: Stretch): number => Math.min(fromMs + sinceMs, toMs);
      const [beforeMs, afterMs] = [on(pair.before), on(pair.after)];
      const shown = `${before.frameAt(beforeMs).offset} ${after.frameAt(afterMs).offset}`;
      if (shown !== last) moments.push({ atMs: Math.round(startMs + sinceMs), beforeMs, afterMs });
      last = shown;
    }
    startMs += lengthMs;
  }
  return moments;
}

async function* picturesOf(
  { before, after }: SidesInput,
  moments: readonly Moment[],
): AsyncGenerator<Buffer> {
  for (const { beforeMs, afterMs } of moments) {
    yield await before.jpeg(before.frameAt(beforeMs));
    yield await after.jpeg(after.frameAt(afterMs));
  }
}

/** Room for one side, px. */
const roomOf = ({ width, height }: FrameSize): FrameSize => ({
  width: 2 * Math.floor((width - 3 * GAP) / 4),
  height: 2 * Math.floor((height - BAR - GAP) / 2),
});

/** What of the page each side shows: all of it, or, when what differs fits, as much around that as fits at its own size. */
export function viewOf(size: FrameSize, focus?: Box): Box {
  const room = roomOf(size);
  const fits = focus !== undefined && focus.width <= room.width && focus.height <= room.height;
  if (!fits) return { x: 0, y: 0, ...size };
  const from = (start: number, length: number, space: number, whole: number): number =>
    2 * Math.floor(Math.min(Math.max(0, start + length / 2 - space / 2), Math.max(0, whole - space)) / 2);
  const width = Math.min(room.width, size.width);
  const height = Math.min(room.height, size.height);
  return {
    x: from(focus.x, focus.width, width, size.width),
    y: from(focus.y, focus.height, height, size.height),
    ...{ width, height },
  };
}

function filterOf({ size, focus }: SidesInput): string {
  const room = roomOf(size);
  const view = viewOf(size, focus);
  const scale = Math.min(1, room.width / view.width, room.height / view.height);
  const [width, height] = [view.width, view.height].map((length) => 2 * Math.floor((length * scale) / 2));
  const margin = Math.floor((size.width - 2 * (width ?? 0) - GAP) / 2);
  const top = BAR + Math.max(0, Math.floor((room.height - (height ?? 0)) / 3));
  return [
    `scale=${size.width}:${size.height}`,
    `crop=${view.width}:${view.height}:${view.x}:${view.y}`,
    `scale=${width}:${height}:flags=lanczos`,
    `tile=2x1:padding=${GAP}:color=${BACKGROUND}`,
    `pad=${size.width}:${size.height}:${margin}:${top}:color=${BACKGROUND}`,
    'ass=labels.ass',
    'format=yuvj420p',
  ].join(',');
}

function labelsOf({ size, labels }: SidesInput): string {
  const label = (text: string, share: number, colour: string) => ({
    ...{ layer: 0, startMs: 0, endMs: 36_000_000 },
    body: `{\\an5\\pos(${Math.round(size.width * share)},${BAR / 2})${fontSize(26)}\\1c${colour}}${assText(text, 40)}`,
  });
  return assDocument(size, 'Noto Sans', [
    label(labels.before, 0.25, '&HDECEC3&'),
    label(labels.after, 0.75, '&HFFFFFF&'),
  ]);
}
