import { FrameMuxer, takeHeader } from '@showrunner/recorder';
import type { Backdrop } from './card-backdrops';
import { steadyDim } from './card-dim';
import type { TakeFootage } from './take-footage';
import { FPS, isCard, type Segment, type Timeline } from './timeline.types';

/** Frames are swapped up to this long before the moment they stand for; it keeps a picture on its own side of a boundary. */
const TOLERANCE_MS = 4;

/**
 * The film's pictures, JPEGs as they came, at the film's times, as the bytes of a Matroska file: one a change, at most `fps` a second. Each is
 * the picture that the segment shows at that frame. It is read as fast as it is taken: one picture is in memory at a time.
 * @throws AppError `take_unreadable`
 */
export async function* pictureStream(input: {
  timeline: Timeline;
  footage: ReadonlyMap<string, TakeFootage>;
  /** By clip id. */
  backdrops: ReadonlyMap<string, Backdrop>;
  /** Pictures that lead into a clip from the one before, by clip id. */
  dissolves: ReadonlyMap<string, Buffer[]>;
  /** Frames a second: `FPS` or a multiple of it. */
  fps: number;
}): AsyncGenerator<Buffer> {
  const { timeline, fps } = input;
  const muxer = new FrameMuxer();
  yield takeHeader({ startedAtMs: 0, ...timeline.size }).bytes;
  let last: { tMs: number; jpeg: Buffer } | null = null;
  for await (const { tMs, jpeg } of pictures(input)) {
    yield* muxer.frame(tMs, jpeg).parts;
    last = { tMs, jpeg };
  }
  // The last picture stands to the end.
  const endMs = Math.round(timeline.durationMs - 1000 / fps);
  if (last !== null && endMs > last.tMs) yield* muxer.frame(endMs, last.jpeg).parts;
}

async function* pictures({
  timeline,
  footage,
  backdrops,
  dissolves,
  fps,
}: Parameters<typeof pictureStream>[0]): AsyncGenerator<{ tMs: number; jpeg: Buffer }> {
  let shown = '';
  for (const [n, segment] of timeline.segments.entries()) {
    const first = Math.round((segment.startMs * fps) / 1000);
    const end = Math.round((segment.endMs * fps) / 1000);
    // Cards and dissolves are made of pictures at the rate of the timeline.
    const repeated = fps / FPS;
    for (let frame = first; frame < end; frame += 1) {
      const atMs = (frame * 1000) / fps;
      const picture = isCard(segment)
        ? cardPicture(timeline, n, Math.ceil((end - frame) / repeated), atMs, backdrops)
        : (dissolvePicture(timeline, n, Math.floor((frame - first) / repeated), dissolves) ??
          takePicture(segment, atMs, footage));
      if (picture === null || picture.name === shown) continue;
      shown = picture.name;
      yield { tMs: Math.round(atMs), jpeg: await picture.jpeg() };
    }
  }
}

interface Picture {
  name: string;
  jpeg: () => Buffer | Promise<Buffer>;
}

function cardPicture(
  timeline: Timeline,
  n: number,
  framesLeft: number,
  atMs: number,
  backdrops: ReadonlyMap<string, Backdrop>,
): Picture | null {
  const segment = timeline.segments[n];
  if (segment === undefined) return null;
  const backdrop = backdrops.get(segment.clipId);
  if (backdrop === undefined) return null;
  const { fromMs, toMs } = steadyDim(segment, {
    before: timeline.segments[n - 1],
    after: timeline.segments[n + 1],
  });
  if (atMs > fromMs - TOLERANCE_MS && atMs < toMs - TOLERANCE_MS)
    return { name: `card ${segment.clipId} dark`, jpeg: () => backdrop.dark };
  const step = Math.max(0, backdrop.steps.length - framesLeft);
  const jpeg = backdrop.steps[step];
  return jpeg === undefined ? null : { name: `card ${segment.clipId} ${step}`, jpeg: () => jpeg };
}

/** In the first frames of a clip that follows another one directly: what leads over from that one's last picture. */
function dissolvePicture(
  { segments }: Timeline,
  n: number,
  frame: number,
  dissolves: ReadonlyMap<string, Buffer[]>,
): Picture | null {
  const [segment, before] = [segments[n], segments[n - 1]];
  if (segment === undefined || before === undefined || isCard(before) || before.clipId === segment.clipId)
    return null;
  const jpeg = dissolves.get(segment.clipId)?.[frame];
  return jpeg === undefined ? null : { name: `dissolve ${segment.clipId} ${frame}`, jpeg: () => jpeg };
}

function takePicture(
  segment: Segment,
  atMs: number,
  footage: ReadonlyMap<string, TakeFootage>,
): Picture | null {
  const take = footage.get(segment.takeId);
  if (take === undefined) return null;
  const sourceMs = segment.kind === 'hold' ? segment.sourceMs : segment.sourceMs + atMs - segment.startMs;
  const frame = take.frameAt(sourceMs + TOLERANCE_MS);
  return { name: `${segment.takeId} ${frame.offset}`, jpeg: () => take.jpeg(frame) };
}
