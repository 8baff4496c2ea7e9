import type { Blur } from '../document/overlays';
import type { Item, Transition } from '../document/items';
import { durationOf, onFrame, placements, type Placement } from '../document/placements';
import { FPS, type Span } from '../document/primitives';
import type { Timeline } from '../document/timeline';

/** A line of a voice as long as it takes to say. */
export interface SpokenLine {
  /** Where it begins, ms of the film. */
  startMs: number;
  /** Of the speech. */
  durationMs: number;
}

/** Between the end of a line and the next one; between the last one and the end of the film. */
export const BREATH_MS = 250;
const LAST_BREATH_MS = 600;
const FRAME_MS = 1000 / FPS;
const HALF_MS = FRAME_MS / 2;

/**
 * The film with the time that its words need: where a line would not be over when the next one begins, the picture is held before that, by
 * lengthening the held picture or card that stands there, else by one of its own. Nothing gets shorter, faster or another order; what is laid
 * over the pictures goes along. Pure.
 * @param lines in the order of their begin
 * @returns the film, and when each line begins in it
 */
export function waitForWords(
  timeline: Timeline,
  lines: readonly SpokenLine[],
): { timeline: Timeline; startsMs: number[] } {
  let film = timeline;
  let addedMs = 0;
  const startsMs: number[] = [];
  for (const [n, line] of lines.entries()) {
    const startMs = line.startMs + addedMs;
    startsMs.push(startMs);
    const next = lines[n + 1];
    const breath = next === undefined ? LAST_BREATH_MS : BREATH_MS;
    const neededMs = startMs + line.durationMs + breath;
    const untilMs = next === undefined ? durationOf(film) : next.startMs + addedMs;
    const missingMs = (Math.ceil((neededMs - untilMs) / FRAME_MS - 1e-6) * 1000) / FPS;
    if (missingMs <= 0) continue;
    film = held(film, { fromMs: startMs, atMs: untilMs }, missingMs);
    addedMs += missingMs;
  }
  return { timeline: film, startsMs };
}

/** The film with a wait of `ms` at the last picture that is held between two moments, or before the second. */
function held(timeline: Timeline, { fromMs, atMs }: { fromMs: number; atMs: number }, ms: number): Timeline {
  const placed = placements(timeline.items);
  const waiting = placed.findLast(
    ({ item, startMs, endMs }) =>
      item.kind !== 'footage' && endMs > fromMs + HALF_MS && startMs < atMs - HALF_MS,
  );
  // The one that ends with the moment, or is shown then.
  const cut = waiting ?? placed.findLast(({ startMs }) => startMs < atMs - HALF_MS) ?? placed[0];
  if (cut === undefined) return timeline;
  const at = Math.min(onFrame(atMs), cut.endMs);
  const parts = waitIn(cut, { atMs: at, ms }, idsBeside(timeline.items));
  const items = timeline.items.flatMap((item) => (item === cut.item ? parts : [item]));
  return shifted({ ...timeline, items }, at, ms);
}

/** An item with `ms` more at a moment of it: a held picture or a card lasts longer, footage stands still there. */
function waitIn(
  { item, startMs, endMs }: Placement,
  { atMs, ms }: { atMs: number; ms: number },
  freeId: (name: string) => string,
): Item[] {
  if (item.kind !== 'footage') return [{ ...item, durationMs: endMs - startMs + ms }];
  const sourceMs = Math.min(item.outMs, item.inMs + (atMs - startMs) * item.speed);
  const { clipId, takeId, transition } = item;
  const wait = (at: number, after: Transition): Item => ({
    ...{ kind: 'still', id: freeId('wait'), clipId, takeId, transition: after },
    ...{ atMs: at, durationMs: ms },
  });
  if (atMs - startMs < HALF_MS) return [wait(item.inMs, transition), { ...item, transition: 'cut' }];
  // The last picture before the cut: what comes with the next one is not given away.
  const last = wait(Math.max(item.inMs, sourceMs - FRAME_MS * item.speed), 'cut');
  if (endMs - atMs < HALF_MS) return [item, last];
  const rest: Item = { ...item, id: freeId('rest'), transition: 'cut', inMs: sourceMs };
  return [{ ...item, outMs: sourceMs }, last, rest];
}

function idsBeside(items: readonly Item[]): (name: string) => string {
  const taken = new Set(items.map(({ id }) => id));
  return (name) => {
    let n = 1;
    while (taken.has(`voice-${name}-${n}`)) n += 1;
    taken.add(`voice-${name}-${n}`);
    return `voice-${name}-${n}`;
  };
}

/** Everything laid over the film, after `ms` more were put in at a moment: what begins there comes later, what lasts until there lasts on. */
function shifted(timeline: Timeline, atMs: number, ms: number): Timeline {
  const moved = <One extends Span>(one: One): One => ({
    ...one,
    startMs: one.startMs < atMs - HALF_MS ? one.startMs : one.startMs + ms,
    endMs: one.endMs < atMs - HALF_MS ? one.endMs : one.endMs + ms,
  });
  // What is hidden from there on is hidden while the picture waits, too.
  const kept = (blur: Blur): Blur => ({
    ...moved(blur),
    startMs: blur.startMs <= atMs + FRAME_MS ? blur.startMs : blur.startMs + ms,
  });
  return {
    ...timeline,
    captions: timeline.captions.map(moved),
    callouts: timeline.callouts.map(moved),
    zooms: timeline.zooms.map(moved),
    blurs: timeline.blurs.map(kept),
  };
}
