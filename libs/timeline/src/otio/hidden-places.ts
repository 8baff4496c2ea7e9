import type { Item } from '../document/items';
import type { Blur } from '../document/overlays';
import { placements, type Placement } from '../document/placements';
import { FPS, type Span } from '../document/primitives';
import type { Timeline } from '../document/timeline';

const FRAME_MS = 1000 / FPS;

/** Pictures of a take, from one moment to another. */
interface Pictures {
  takeId: string;
  fromMs: number;
  toMs: number;
}

/**
 * The places that `film` hides, and those that `base` hides wherever `film` shows the same pictures of the page: a document that lost them,
 * or moved what they lay over, uncovers nothing. Hidden places are taken away by name.
 */
export function keptHidden(base: Timeline, film: Timeline): Blur[] {
  const placed = placements(film.items);
  const missing = base.blurs.flatMap((blur) => {
    const covered = film.blurs.filter(({ box }) => isSame(box, blur.box));
    return shownAgain(blur, placements(base.items), placed)
      .filter((span) => !covered.some((one) => isWithin(span, one)))
      .map((span) => ({ ...blur, ...span }));
  });
  const taken = new Set(
    [...film.items, ...film.captions, ...film.callouts, ...film.zooms, ...film.blurs].map(({ id }) => id),
  );
  return [...film.blurs, ...missing.map((blur) => ({ ...blur, id: ownName(blur.id, taken) }))];
}

const isSame = (a: Blur['box'], b: Blur['box']): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

const isWithin = (inner: Span, outer: Span): boolean =>
  inner.startMs >= outer.startMs - FRAME_MS && inner.endMs <= outer.endMs + FRAME_MS;

function ownName(id: string, taken: Set<string>): string {
  let name = id;
  for (let n = 1; taken.has(name); n += 1) name = `${id.slice(0, 90)}.k${n}`;
  taken.add(name);
  return name;
}

/** Where the film shows what lay under a span of the other one: of items that are the same the same part, of others the same pictures. */
function shownAgain(span: Span, before: readonly Placement[], after: readonly Placement[]): Span[] {
  const pictures = before.flatMap((placement) => picturesOf(placement, span));
  const same = new Map(before.map((placement) => [placement.item.id, placement]));
  const spans = after.flatMap((placement) => {
    const was = same.get(placement.item.id);
    if (was !== undefined && showsTheSame(was.item, placement.item)) return moved(span, was, placement);
    return pictures.flatMap((one) => spanOf(one, placement) ?? []);
  });
  return joined(spans);
}

function showsTheSame(a: Item, b: Item): boolean {
  if (a.takeId !== b.takeId) return false;
  if (a.kind !== 'footage' || b.kind !== 'footage')
    return a.kind === b.kind && sourceAt(a, 0) === sourceAt(b, 0);
  return a.inMs === b.inMs && a.outMs === b.outMs;
}

function moved(span: Span, was: Placement, now: Placement): Span[] {
  const [from, to] = [Math.max(span.startMs, was.startMs), Math.min(span.endMs, was.endMs)];
  const stretch = (now.endMs - now.startMs) / (was.endMs - was.startMs);
  const at = (ms: number): number => now.startMs + (ms - was.startMs) * stretch;
  return to <= from ? [] : [{ startMs: at(from), endMs: at(to) }];
}

function picturesOf({ item, startMs, endMs }: Placement, span: Span): Pictures[] {
  const [from, to] = [Math.max(span.startMs, startMs), Math.min(span.endMs, endMs)];
  if (to <= from) return [];
  const at = (ms: number): number => sourceAt(item, (ms - startMs) / (endMs - startMs));
  return [{ takeId: item.takeId, fromMs: at(from), toMs: at(to) }];
}

const sourceAt = (item: Item, share: number): number =>
  item.kind === 'footage' ? item.inMs + share * (item.outMs - item.inMs) : item.atMs;

/** Where an item shows them; a picture that is held shows one moment, and may be any of a frame's length. */
function spanOf({ takeId, fromMs, toMs }: Pictures, { item, startMs, endMs }: Placement): Span | null {
  if (item.takeId !== takeId) return null;
  if (item.kind !== 'footage')
    return item.atMs >= fromMs - FRAME_MS && item.atMs <= toMs + FRAME_MS ? { startMs, endMs } : null;
  const length = item.outMs - item.inMs;
  if (toMs < item.inMs || fromMs > item.outMs || length <= 0) return null;
  const place = (ms: number): number =>
    startMs + Math.min(1, Math.max(0, (ms - item.inMs) / length)) * (endMs - startMs);
  const span = { startMs: place(fromMs), endMs: place(toMs) };
  return span.endMs - span.startMs < 1 ? null : span;
}

function joined(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.startMs - b.startMs);
  const found: Span[] = [];
  for (const span of sorted) {
    const last = found.at(-1);
    if (last === undefined || span.startMs - last.endMs > 1) found.push({ ...span });
    else last.endMs = Math.max(last.endMs, span.endMs);
  }
  return found;
}
