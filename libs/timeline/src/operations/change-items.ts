import type { Item } from '../document/items';
import { placements } from '../document/placements';
import type { Timeline } from '../document/timeline';
import { refuse } from './sound';
import type { Operation } from './operations';
import { followItems } from './follow-items';
import { withSpoken } from './spoken';

type ItemOperation = Extract<
  Operation,
  { op: 'trim' | 'setSpeed' | 'setDuration' | 'setTransition' | 'setCard' | 'move' | 'remove' }
>;

/** The items after an operation on one of them, and what is laid over them at its new times. */
export function changeItems(timeline: Timeline, operation: ItemOperation): Partial<Timeline> {
  const at = timeline.items.findIndex(({ id }) => id === operation.id);
  const item = timeline.items[at];
  if (item === undefined) throw refuse(`There is no item "${operation.id}".`);
  const items = [...timeline.items];
  if (operation.op === 'move' || operation.op === 'remove') items.splice(at, 1);
  if (operation.op === 'remove' && items.length === 0) throw refuse('A film has at least one item.');
  if (operation.op === 'move') items.splice(Math.min(operation.index, items.length), 0, item);
  if (operation.op !== 'move' && operation.op !== 'remove') items[at] = changed(item, operation);
  return { items, ...followItems(timeline, placements(timeline.items), placements(items)) };
}

function changed(item: Item, operation: Exclude<ItemOperation, { op: 'move' | 'remove' }>): Item {
  if (operation.op === 'setTransition') return { ...item, transition: operation.transition };
  if (operation.op === 'trim' || operation.op === 'setSpeed') {
    if (item.kind !== 'footage') throw refuse(`"${item.id}" is no footage.`);
    if (operation.op === 'setSpeed') return { ...item, speed: operation.speed };
    return { ...item, inMs: operation.inMs ?? item.inMs, outMs: operation.outMs ?? item.outMs };
  }
  if (operation.op === 'setDuration') {
    if (item.kind === 'footage') throw refuse(`"${item.id}" is footage: trim it, or set its speed.`);
    return { ...item, durationMs: operation.durationMs };
  }
  if (item.kind !== 'card') throw refuse(`"${item.id}" is no card.`);
  const { title = item.title, body = item.body, spoken } = operation;
  return withSpoken({ ...item, title, body }, spoken);
}
