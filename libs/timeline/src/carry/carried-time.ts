import type { Footage } from '../document/items';
import { placements, type Placement } from '../document/placements';
import type { Timeline } from '../document/timeline';
import type { Counterparts } from './counterparts';

/** A moment of one take, and the same one of the other. */
interface Anchor {
  from: number;
  to: number;
}

/**
 * The moment of the second film's take at which happens what happens at `ms` of the first one's: what was done is what both have in common,
 * and between two actions time is stretched. Null for a clip that the second film does not have.
 */
export function sourceTime(
  ms: number,
  footage: { from: Footage; to: Footage },
  films: { from: Timeline; to: Timeline },
): number {
  const anchors = anchorsOf(footage, films);
  const before = anchors.filter((anchor) => anchor.from <= ms).at(-1);
  const after = anchors.find((anchor) => anchor.from > ms);
  if (before === undefined) return after === undefined ? ms : Math.max(0, after.to - (after.from - ms));
  if (after === undefined) return before.to + (ms - before.from);
  const share = (ms - before.from) / (after.from - before.from);
  return before.to + share * (after.to - before.to);
}

/** Begin and end of both, and of everything that was done in both; only such that follow each other on either side. */
function anchorsOf(
  { from, to }: { from: Footage; to: Footage },
  films: { from: Timeline; to: Timeline },
): Anchor[] {
  const done = films.from.actions.filter(({ clipId }) => clipId === from.clipId);
  const pairs = done.flatMap((action): Anchor[] => {
    const same = films.to.actions.find(({ clipId, step }) => clipId === to.clipId && step === action.step);
    if (same === undefined || same.type !== action.type) return [];
    return (['startMs', 'actMs', 'endMs'] as const).map((at) => ({ from: action[at], to: same[at] }));
  });
  const all = pairs.length > 0 ? pairs : [
    { from: from.inMs, to: to.inMs },
    { from: from.outMs, to: to.outMs },
  ]; // prettier-ignore
  const sorted = all.sort((a, b) => a.from - b.from || a.to - b.to);
  return sorted.filter(
    (anchor, n) => n === 0 || sorted.slice(0, n).every(({ to: earlier }) => earlier <= anchor.to),
  );
}

/** The moment of the second film that shows what the first one shows at `ms`; null where that has no counterpart. */
export function filmTime(
  ms: number,
  same: Counterparts,
  films: { from: Timeline; to: Timeline },
): number | null {
  const placed = placements(films.from.items);
  const was = placed.find(({ endMs }) => ms < endMs) ?? placed.at(-1);
  const id = was === undefined ? undefined : same.item(was.item.id);
  const now = placements(films.to.items).find(({ item }) => item.id === id);
  if (was === undefined || now === undefined) return null;
  return timeIn(ms, was, now, films);
}

function timeIn(ms: number, was: Placement, now: Placement, films: { from: Timeline; to: Timeline }): number {
  const share = Math.min(1, Math.max(0, (ms - was.startMs) / (was.endMs - was.startMs)));
  if (was.item.kind !== 'footage' || now.item.kind !== 'footage')
    return now.startMs + share * (now.endMs - now.startMs);
  const { inMs, outMs } = was.item;
  const sourceMs = sourceTime(inMs + share * (outMs - inMs), { from: was.item, to: now.item }, films);
  const place = (sourceMs - now.item.inMs) / (now.item.outMs - now.item.inMs);
  return now.startMs + Math.min(1, Math.max(0, place)) * (now.endMs - now.startMs);
}
