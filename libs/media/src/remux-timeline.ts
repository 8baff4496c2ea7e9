import { TakeWriter } from '@showrunner/recorder';
import type { Backdrop } from './card-backdrops';
import type { TakeFootage } from './take-footage';
import { FPS, type Segment, type Timeline } from './timeline.types';

/** Frames are swapped up to this long before the moment they stand for; it keeps a picture on its own side of a boundary. */
const TOLERANCE_MS = 4;

/**
 * Writes the film's pictures, JPEGs as they came, at the film's times into a Matroska file: one a change, at most `FPS` a second.
 * Each is the picture that the segment shows at that frame.
 */
export async function remuxTimeline(input: {
  path: string;
  timeline: Timeline;
  footage: ReadonlyMap<string, TakeFootage>;
  /** By clip id. */
  backdrops: ReadonlyMap<string, Backdrop>;
  signal?: AbortSignal;
}): Promise<{ pictures: number }> {
  const { path, timeline, footage, backdrops, signal } = input;
  const writer = await TakeWriter.create(path, { startedAtMs: 0, ...timeline.size });
  let pictures = 0;
  let shown = '';
  try {
    for (const segment of timeline.segments) {
      signal?.throwIfAborted();
      const first = Math.round((segment.startMs * FPS) / 1000);
      const end = Math.round((segment.endMs * FPS) / 1000);
      for (let frame = first; frame < end; frame += 1) {
        const picture = pictureOf(segment, end - frame, (frame * 1000) / FPS, footage, backdrops);
        if (picture === null || picture.name === shown) continue;
        shown = picture.name;
        pictures += 1;
        writer.writeFrame((frame * 1000) / FPS, picture.jpeg());
      }
      await writer.settled();
    }
    await writer.finalise(timeline.durationMs - 1000 / FPS);
  } catch (error) {
    await writer.close().catch(() => undefined);
    throw error;
  }
  return { pictures };
}

interface Picture {
  name: string;
  jpeg: () => Buffer;
}

function pictureOf(
  segment: Segment,
  framesLeft: number,
  atMs: number,
  footage: ReadonlyMap<string, TakeFootage>,
  backdrops: ReadonlyMap<string, Backdrop>,
): Picture | null {
  if (segment.kind === 'opening' || segment.kind === 'title') {
    const steps = backdrops.get(segment.clipId)?.steps ?? [];
    const coming = segment.kind === 'title' ? steps.length - framesLeft : 0;
    const step = Math.max(0, coming);
    const jpeg = steps[step];
    return jpeg === undefined ? null : { name: `card ${segment.clipId} ${step}`, jpeg: () => jpeg };
  }
  const take = footage.get(segment.takeId);
  if (take === undefined) return null;
  const sourceMs = segment.kind === 'hold' ? segment.sourceMs : segment.sourceMs + atMs - segment.startMs;
  const frame = take.frameAt(sourceMs + TOLERANCE_MS);
  return { name: `${segment.takeId} ${frame.offset}`, jpeg: () => take.jpeg(frame) };
}
