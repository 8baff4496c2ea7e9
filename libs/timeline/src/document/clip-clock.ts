import type { ClipId, TakeId } from '@showrunner/contracts';
import type { Footage } from './items';
import { placements, type Placement } from './placements';
import type { Span } from './primitives';
import type { Timeline } from './timeline';

/** A clip's place in the film: where its pictures begin and end, and the way from its take's clock to the film's. */
export interface ClipClock extends Span {
  clipId: ClipId;
  takeId: TakeId;
  /** Film time of a moment of the take; a moment that was cut out is the cut, one outside of the clip is its nearest end. */
  toFilm(sourceMs: number): number;
  /** Whether a moment of the take is shown. */
  shows(sourceMs: number): boolean;
}

type PlacedFootage = Span & { item: Footage };

/** Cards do not count as pictures. Null for a clip of which nothing is shown. */
export function clipClock(timeline: Pick<Timeline, 'items'>, clipId: string): ClipClock | null {
  return clockOf(
    placements(timeline.items).filter(({ item }) => item.clipId === clipId),
    clipId,
  );
}

function clockOf(placed: readonly Placement[], clipId: string): ClipClock | null {
  const pictures = placed.filter(({ item }) => item.kind !== 'card');
  const footage = placed.flatMap(({ item, ...span }): PlacedFootage[] =>
    item.kind === 'footage' ? [{ item, ...span }] : [],
  );
  const [first, end] = [pictures[0], pictures.at(-1)];
  if (first === undefined || end === undefined || footage.length === 0) return null;
  return {
    clipId,
    takeId: first.item.takeId,
    startMs: first.startMs,
    endMs: end.endMs,
    toFilm: (sourceMs) => filmTime(footage, sourceMs),
    shows: (sourceMs) => footage.some(({ item }) => holds(item, sourceMs)),
  };
}

/** A moment on an edge is seen. */
const EDGE_MS = 40;

const holds = ({ inMs, outMs }: Footage, sourceMs: number): boolean =>
  sourceMs >= inMs - EDGE_MS && sourceMs <= outMs + EDGE_MS;

function filmTime(footage: readonly PlacedFootage[], sourceMs: number): number {
  const shown = footage.find(({ item }) => sourceMs >= item.inMs && sourceMs <= item.outMs);
  if (shown !== undefined) {
    return Math.min(shown.startMs + (sourceMs - shown.item.inMs) / shown.item.speed, shown.endMs);
  }
  const later = footage.find(({ item }) => sourceMs < item.inMs);
  return later?.startMs ?? footage.at(-1)?.endMs ?? 0;
}
