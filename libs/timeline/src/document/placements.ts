import type { Item } from './items';
import { FPS, type Span } from './primitives';
import type { Timeline } from './timeline';

/** An item and where it stands in the film. */
export interface Placement extends Span {
  item: Item;
}

/** How long an item lasts before it falls on whole frames, ms. */
export const lengthOf = (item: Item): number =>
  item.kind === 'footage' ? (item.outMs - item.inMs) / item.speed : item.durationMs;

/** Where each item stands, on whole frames; none is shorter than one. */
export function placements(items: readonly Item[]): Placement[] {
  let startMs = 0;
  return items.map((item) => {
    const endMs = onFrame(startMs + Math.max(lengthOf(item), 1000 / FPS));
    const placement = { item, startMs, endMs };
    startMs = endMs;
    return placement;
  });
}

export const durationOf = ({ items }: Pick<Timeline, 'items'>): number =>
  placements(items).at(-1)?.endMs ?? 0;

export function onFrame(ms: number): number {
  return (Math.round((ms * FPS) / 1000) * 1000) / FPS;
}
