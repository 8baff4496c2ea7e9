import type { Placement } from '../document/placements';
import { FPS, type Span } from '../document/primitives';
import type { Timeline } from '../document/timeline';

/** Shorter than a frame, nobody sees it. */
const LEAST_MS = 1000 / FPS;

type Overlay = Span & { id: string };

/** What is laid over items, at the times where they stand now: each part of it goes along with the item that it lies over. */
export function followItems(
  { captions, callouts, zooms, blurs }: Timeline,
  before: readonly Placement[],
  after: readonly Placement[],
): Pick<Timeline, 'captions' | 'callouts' | 'zooms' | 'blurs'> {
  const now = new Map(after.map((placement) => [placement.item.id, placement]));
  const parts = (overlay: Span): Span[] => {
    const found: Span[] = [];
    for (let n = indexAt(before, overlay.startMs); n < before.length; n += 1) {
      const was = before[n];
      if (was === undefined || was.startMs >= overlay.endMs) break;
      const part = partOver(overlay, was, now.get(was.item.id));
      if (part !== null) found.push(part);
    }
    return joined(found);
  };
  const longest = (spans: Span[]): Span[] =>
    spans.length < 2 ? spans : [spans.reduce((a, b) => (b.endMs - b.startMs > a.endMs - a.startMs ? b : a))];
  const moved = <One extends Overlay>(all: readonly One[]): One[] =>
    apart(all.flatMap((one) => longest(parts(one)).map((span) => ({ ...one, ...span }))));
  return {
    captions: moved(captions),
    zooms: moved(zooms),
    callouts: callouts.flatMap((one) => longest(parts(one)).map((span) => ({ ...one, ...span }))),
    // What is hidden stays hidden, wherever its pieces go.
    blurs: blurs.flatMap((one) =>
      parts(one).map((span, n) => ({ ...one, ...span, id: n === 0 ? one.id : `${one.id}.${n}` })),
    ),
  };
}

/** The item that is shown at a moment. */
function indexAt(placed: readonly Placement[], ms: number): number {
  let low = 0;
  let high = placed.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((placed[middle]?.startMs ?? 0) <= ms) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the part of an overlay that lies over an item is now; null when none does, or it is gone. */
function partOver(overlay: Span, was: Placement, now: Placement | undefined): Span | null {
  const [from, to] = [Math.max(overlay.startMs, was.startMs), Math.min(overlay.endMs, was.endMs)];
  if (now === undefined || to <= from) return null;
  const startMs = timeIn(from, was, now);
  const endMs = timeIn(to, was, now);
  return endMs > startMs ? { startMs, endMs } : null;
}

/** A moment of an item as it was, in the film as it is: by what footage shows then, of others by their share. */
function timeIn(ms: number, was: Placement, now: Placement): number {
  const share = (ms - was.startMs) / (was.endMs - was.startMs);
  if (was.item.kind !== 'footage' || now.item.kind !== 'footage')
    return now.startMs + share * (now.endMs - now.startMs);
  const sourceMs = was.item.inMs + share * (was.item.outMs - was.item.inMs);
  const length = now.item.outMs - now.item.inMs;
  const place = length <= 0 ? 0 : Math.min(1, Math.max(0, (sourceMs - now.item.inMs) / length));
  return now.startMs + place * (now.endMs - now.startMs);
}

/** Spans that touch are one. */
function joined(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.startMs - b.startMs);
  return sorted.reduce<Span[]>((all, next) => {
    const last = all.at(-1);
    if (last === undefined || next.startMs - last.endMs > 1) return [...all, { ...next }];
    last.endMs = Math.max(last.endMs, next.endMs);
    return all;
  }, []);
}

/** In the order of their begin; one that reaches into the next ends there, and goes when nothing is left of it. */
function apart<One extends Span>(all: readonly One[]): One[] {
  const sorted = [...all].sort((a, b) => a.startMs - b.startMs);
  return sorted
    .map((one, n) => ({ ...one, endMs: Math.min(one.endMs, sorted[n + 1]?.startMs ?? Infinity) }))
    .filter(({ startMs, endMs }) => endMs - startMs >= LEAST_MS);
}
