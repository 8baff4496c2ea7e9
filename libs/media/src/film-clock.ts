import { isCard, type Segment, type Timeline } from './timeline.types';

/** A clip's place in the film: where its footage begins and ends, and the way from its take's clock to the film's. */
export interface ClipClock {
  clipId: string;
  takeId: string;
  /** First frame that is no card, and the end of the held last picture, ms on the film's clock. */
  startMs: number;
  endMs: number;
  /** Film time of a moment of the take; a moment that was cut out is the cut, one outside of the clip is its nearest end. */
  toFilm(sourceMs: number): number;
}

export function clipClock(timeline: Timeline, clipId: string): ClipClock | null {
  const footage = timeline.segments.filter(
    (segment) => segment.clipId === clipId && segment.kind === 'footage',
  );
  const pictures = timeline.segments.filter((segment) => segment.clipId === clipId && !isCard(segment));
  const [first, end] = [pictures[0], pictures.at(-1)];
  if (first === undefined || end === undefined || footage.length === 0) return null;
  return {
    clipId,
    takeId: first.takeId,
    startMs: first.startMs,
    endMs: end.endMs,
    toFilm: (sourceMs) => filmTime(footage, sourceMs),
  };
}

function filmTime(footage: Segment[], sourceMs: number): number {
  for (const segment of footage) {
    if (sourceMs < segment.sourceMs) return segment.startMs;
    const within = sourceMs - segment.sourceMs;
    if (within <= segment.endMs - segment.startMs) return segment.startMs + within;
  }
  return footage.at(-1)?.endMs ?? 0;
}
