import { InvalidInputError } from '@showrunner/contracts';
import type { Footage } from '../document/items';
import type { Span } from '../document/primitives';
import type { Timeline } from '../document/timeline';
import { applyOperation } from '../operations/apply';
import type { Operation } from '../operations/operations';
import { filmTime, sourceTime } from './carried-time';
import { counterparts, type Counterparts } from './counterparts';

export interface CarriedEdits {
  timeline: Timeline;
  /** As they were done to this film: with its names and times. */
  kept: Operation[];
  /** As they were asked for of the other film, and why they are not done here. */
  dropped: { operation: Operation; reason: string }[];
}

/**
 * Does the edits of a film to another film of the same plan: what they are about is found by features and steps, times by what was done.
 * Those that no longer apply are named, and the others are done all the same. Pure.
 * @param from the other film's timeline before its first edit @param operations what stands of its edits, in their order
 * @param to this film's timeline
 */
export function carryEdits(from: Timeline, operations: readonly Operation[], to: Timeline): CarriedEdits {
  const carried: CarriedEdits = { timeline: to, kept: [], dropped: [] };
  let was = from;
  for (const operation of operations) {
    const films = { from: was, to: carried.timeline };
    try {
      was = applyOperation(was, operation).timeline;
      const here = translated(operation, films, was);
      carried.timeline = applyOperation(carried.timeline, here).timeline;
      carried.kept.push(here);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      carried.dropped.push({ operation, reason: error.message });
    }
  }
  return carried;
}

interface Films {
  from: Timeline;
  to: Timeline;
}

const gone = (what: string): InvalidInputError => new InvalidInputError('bad_operation', what);

/** @param after the first film once the operation is done @throws InvalidInputError why it does not apply here */
function translated(operation: Operation, films: Films, after: Timeline): Operation {
  const same = counterparts(films.from, films.to);
  switch (operation.op) {
    case 'setTitle':
    case 'setTheme':
    case 'setAspect':
    case 'setVoice':
    case 'setLook':
      return operation;
    case 'replace':
      throw gone('A film that was read in as a whole is of its own run.');
    case 'trim':
      return trimmed(operation, films, itemOf(operation.id, same));
    case 'move': {
      const id = itemOf(operation.id, same);
      return { ...operation, id, index: placeOf(operation.id, { films, after, same, id }) };
    }
    case 'setSpeed':
    case 'setDuration':
    case 'setTransition':
    case 'setCard':
      return { ...operation, id: itemOf(operation.id, same) };
    case 'remove': {
      const isItem = films.from.items.some(({ id }) => id === operation.id);
      return { ...operation, id: isItem ? itemOf(operation.id, same) : overlayOf(operation.id, same) };
    }
    case 'setCaption': {
      const { startMs, endMs } = operation;
      const times = { ...(startMs !== undefined && { startMs }), ...(endMs !== undefined && { endMs }) };
      const here = Object.entries(times).map(([name, ms]) => [name, momentOf(ms, same, films)]);
      return { ...operation, id: overlayOf(operation.id, same), ...Object.fromEntries(here) };
    }
    case 'addCaption':
      return { ...operation, caption: { ...operation.caption, ...spanOf(operation.caption, same, films) } };
    case 'addCallout':
      assertSamePage(films);
      return { ...operation, callout: { ...operation.callout, ...spanOf(operation.callout, same, films) } };
    case 'addZoom':
      assertSamePage(films);
      return { ...operation, zoom: { ...operation.zoom, ...spanOf(operation.zoom, same, films) } };
    case 'addBlur':
      assertSamePage(films);
      return { ...operation, blur: { ...operation.blur, ...spanOf(operation.blur, same, films) } };
  }
}

function itemOf(id: string, same: Counterparts): string {
  const found = same.item(id);
  if (found === undefined) throw gone(`The new film has nothing that is "${id}" of the other.`);
  return found;
}

function overlayOf(id: string, same: Counterparts): string {
  const found = same.overlay(id);
  if (found === undefined) throw gone(`Nothing is laid over the new film that is "${id}" of the other.`);
  return found;
}

function momentOf(ms: number, same: Counterparts, films: Films): number {
  const found = filmTime(ms, same, films);
  if (found === null) throw gone(`What the other film shows at ${Math.round(ms)} ms is not in the new one.`);
  return found;
}

function spanOf({ startMs, endMs }: Span, same: Counterparts, films: Films): Span {
  // Its last moment, not the first one of what comes after it.
  return {
    startMs: momentOf(startMs, same, films),
    endMs: momentOf(Math.max(startMs, endMs - 1), same, films) + 1,
  };
}

function assertSamePage({ from, to }: Films): void {
  if (from.page.width === to.page.width && from.page.height === to.page.height) return;
  throw gone('The new film shows a page of another size: places on it are not the same.');
}

function trimmed(operation: Extract<Operation, { op: 'trim' }>, films: Films, id: string): Operation {
  const find = ({ items }: Timeline, name: string): Footage | undefined =>
    items.find((item): item is Footage => item.id === name && item.kind === 'footage');
  const [from, to] = [find(films.from, operation.id), find(films.to, id)];
  if (from === undefined || to === undefined) throw gone(`"${operation.id}" is no footage in both films.`);
  const takeMs = films.to.takes.find(({ takeId }) => takeId === to.takeId)?.durationMs ?? to.outMs;
  const here = (ms: number): number => Math.min(takeMs, sourceTime(ms, { from, to }, films));
  const { inMs, outMs } = operation;
  return {
    ...{ op: 'trim', id },
    ...(inMs !== undefined && { inMs: here(inMs) }),
    ...(outMs !== undefined && { outMs: here(outMs) }),
  };
}

/** Where an item goes: before what follows it in the other film, or behind what is before it there. */
function placeOf(
  moved: string,
  { films, after, same, id }: { films: Films; after: Timeline; same: Counterparts; id: string },
): number {
  const others = films.to.items.map((item) => item.id).filter((other) => other !== id);
  const at = after.items.findIndex((item) => item.id === moved);
  const places = (items: readonly { id: string }[]): number[] =>
    items.map((item) => others.indexOf(same.item(item.id) ?? '')).filter((place) => place >= 0);
  const [next] = places(after.items.slice(at + 1));
  if (next !== undefined) return next;
  const previous = places(after.items.slice(0, at)).at(-1);
  return previous === undefined ? 0 : previous + 1;
}
