import { FrameMuxer, takeHeader } from '@showrunner/recorder';
import type { Backdrop } from './card-backdrops';
import { steadyDim } from './card-dim';
import type { TakeFootage } from './take-footage';
import { FPS, hasDissolve as joinsByDissolve } from '@showrunner/timeline';
import { isCard, type Schedule, type Segment } from './schedule.types';

/** Frames are swapped up to this long before the moment they stand for; it keeps a picture on its own side of a boundary. */
const TOLERANCE_MS = 4;

export interface PictureSources {
  footage: ReadonlyMap<string, TakeFootage>;
  /** By what `backdropOf` says. */
  backdrops: ReadonlyMap<string, Backdrop>;
  /** Pictures that lead into a segment from the one before, by its place among the segments. */
  dissolves: ReadonlyMap<number, Buffer[]>;
}

/**
 * The film's pictures, JPEGs as they came, at the film's times, as the bytes of a Matroska file: one a change, at most `fps` a second. Each is
 * the picture that the segment shows at that frame. It is read as fast as it is taken: one picture is in memory at a time.
 * @throws AppError `take_unreadable`
 */
export async function* pictureStream(
  input: {
    schedule: Schedule;
    /** Frames a second: `FPS` or a multiple of it. */
    fps: number;
    /** Names what is composed of a picture at a frame: it is sent again when that changes. */
    shotAt: (frame: number) => string;
  } & PictureSources,
): AsyncGenerator<Buffer> {
  const { schedule, fps } = input;
  const muxer = new FrameMuxer();
  yield takeHeader({ startedAtMs: 0, ...schedule.timeline.page }).bytes;
  let last: { tMs: number; jpeg: Buffer } | null = null;
  for await (const { tMs, jpeg } of pictures(input)) {
    yield* muxer.frame(tMs, jpeg).parts;
    last = { tMs, jpeg };
  }
  // The last picture stands to the end.
  const endMs = Math.round(schedule.durationMs - 1000 / fps);
  if (last !== null && endMs > last.tMs) yield* muxer.frame(endMs, last.jpeg).parts;
}

async function* pictures({
  schedule,
  shotAt,
  fps,
  ...sources
}: Parameters<typeof pictureStream>[0]): AsyncGenerator<{ tMs: number; jpeg: Buffer }> {
  let shown = '';
  for (const [n, segment] of schedule.segments.entries()) {
    const first = Math.round((segment.startMs * fps) / 1000);
    const end = Math.round((segment.endMs * fps) / 1000);
    // Cards and dissolves are made of pictures at the rate of the timeline.
    const repeated = fps / FPS;
    for (let frame = first; frame < end; frame += 1) {
      const atMs = (frame * 1000) / fps;
      const place = {
        left: Math.ceil((end - frame) / repeated),
        shown: Math.floor((frame - first) / repeated),
      };
      const picture = pictureAt(schedule, n, { atMs, ...place }, sources);
      if (picture === null) continue;
      const name = `${picture.name} ${shotAt(frame)}`;
      if (name === shown) continue;
      shown = name;
      yield { tMs: Math.round(atMs), jpeg: await picture.jpeg() };
    }
  }
}

/**
 * What the segment at place `n` shows at a moment of the film; null where there is none.
 * @param at `shown`, `left`: frames of the timeline since the segment began, and until it ends
 */
export function pictureAt(
  schedule: Schedule,
  n: number,
  { atMs, shown, left }: { atMs: number; shown: number; left: number },
  { footage, backdrops, dissolves }: PictureSources,
): Picture | null {
  const segment = schedule.segments[n];
  if (segment === undefined) return null;
  if (isCard(segment)) return cardPicture(schedule, n, left, atMs, backdrops);
  return dissolvePicture(schedule, n, shown, dissolves) ?? takePicture(segment, atMs, footage);
}

/** Names the picture behind a card: cards with the same one share it. */
export const backdropOf = ({ takeId, sourceMs }: Segment): string => `${takeId} ${sourceMs}`;

/** Whether a segment's first frames lead over from the last picture of the one before. */
export const hasDissolve = (from: Segment, to: Segment): boolean =>
  joinsByDissolve({ ...from, isCard: isCard(from) }, { ...to, isCard: isCard(to) });

interface Picture {
  name: string;
  jpeg: () => Buffer | Promise<Buffer>;
}

function cardPicture(
  { segments }: Schedule,
  n: number,
  framesLeft: number,
  atMs: number,
  backdrops: ReadonlyMap<string, Backdrop>,
): Picture | null {
  const segment = segments[n];
  if (segment === undefined) return null;
  const backdrop = backdrops.get(backdropOf(segment));
  if (backdrop === undefined) return null;
  const { fromMs, toMs } = steadyDim(segment, {
    before: segments[n - 1],
    after: segments[n + 1],
  });
  if (atMs > fromMs - TOLERANCE_MS && atMs < toMs - TOLERANCE_MS)
    return { name: `card ${segment.clipId} dark`, jpeg: () => backdrop.dark };
  const step = Math.max(0, backdrop.steps.length - framesLeft);
  const jpeg = backdrop.steps[step];
  return jpeg === undefined ? null : { name: `card ${segment.clipId} ${step}`, jpeg: () => jpeg };
}

/** In the first frames of a clip that follows another one directly: what leads over from that one's last picture. */
function dissolvePicture(
  { segments }: Schedule,
  n: number,
  frame: number,
  dissolves: ReadonlyMap<number, Buffer[]>,
): Picture | null {
  const [segment, before] = [segments[n], segments[n - 1]];
  if (segment === undefined || before === undefined || !hasDissolve(before, segment)) return null;
  const jpeg = dissolves.get(n)?.[frame];
  return jpeg === undefined ? null : { name: `dissolve ${n} ${frame}`, jpeg: () => jpeg };
}

function takePicture(
  segment: Segment,
  atMs: number,
  footage: ReadonlyMap<string, TakeFootage>,
): Picture | null {
  const take = footage.get(segment.takeId);
  if (take === undefined) return null;
  const sourceMs =
    segment.kind === 'hold'
      ? segment.sourceMs
      : segment.sourceMs + (atMs - segment.startMs) * (segment.speed ?? 1);
  const frame = take.frameAt(sourceMs + TOLERANCE_MS);
  return { name: `${segment.takeId} ${frame.offset}`, jpeg: () => take.jpeg(frame) };
}
