import { z } from 'zod';
import type { Item } from '../document/items';
import { placements } from '../document/placements';
import { DISSOLVE_FRAMES, hasDissolve } from '../document/transitions';
import {
  type CompositionSchema,
  DISSOLVE,
  isSameFrame,
  kindOf,
  OtioClipSchema,
  TimeRangeSchema,
} from './otio-schema';
import { itemOf, nameOf, type Loss, type ReadContext } from './read-clip';
import { joinedOf } from './to-otio';

/** Something that is in the film, and where the document has it. */
export interface ReadItem {
  item: Item;
  /** On the document's clock, ms. */
  atMs: number;
  /** Markers on the clip itself, whose times are those of its media. */
  markers: readonly unknown[];
  /** Its begin on the clock of its media. */
  mediaMs: number;
  speed: number;
}

export interface ReadTrack {
  name: string;
  items: ReadItem[];
  losses: Loss[];
}

const TransitionSchema = z.object({ name: z.string().catch(''), transition_type: z.string().catch('') });
const OffsetsSchema = z
  .object({ in_offset: z.unknown(), out_offset: z.unknown() })
  .transform(({ in_offset: start_time, out_offset: duration }) => ({ start_time, duration }))
  .pipe(TimeRangeSchema);

/** What a track shows, one after the other; gaps close. */
export function readTrack(
  track: z.infer<typeof CompositionSchema>,
  base: Omit<ReadContext, 'lose'>,
): ReadTrack {
  const losses: Loss[] = [];
  const lose = (what: string, reason: string): number => losses.push({ what, reason });
  const items: ReadItem[] = [];
  const { children } = track;
  let atMs = 0;
  let isAfterDissolve = false;
  for (const [n, child] of children.entries()) {
    const kind = kindOf(child);
    if (kind === 'Transition') {
      const isBetween = [children[n - 1], children[n + 1]].every((beside) => kindOf(beside) === 'Clip');
      const { name, transition_type: type } = TransitionSchema.parse(child);
      const what = nameOf({ name }, 'transition');
      if (!isBetween) lose(what, 'It is between no two clips: films neither fade in nor out.');
      else if (type !== DISSOLVE) lose(what, `“${type.slice(0, 80)}” is a dissolve here.`);
      else if (!isOfOurLength(child))
        lose(what, `It lasts ${DISSOLVE_FRAMES} frames here, and begins with the cut.`);
      isAfterDissolve = isBetween;
      continue;
    }
    const isDissolved = isAfterDissolve;
    isAfterDissolve = false;
    const clip = kind === 'Clip' ? OtioClipSchema.safeParse(child) : null;
    const range =
      clip?.success === true ? (clip.data.source_range ?? clip.data.media?.available_range) : null;
    const startMs = atMs;
    atMs += Math.max(0, range?.durationMs ?? lengthOf(child));
    if (clip?.success !== true) {
      lose(...unread(child, kind));
      continue;
    }
    const item = itemOf(clip.data, { ...base, lose });
    if (item === null) continue;
    const before = items.at(-1)?.item;
    items.push({
      ...{ item: joined(before, item, isDissolved), atMs: startMs, markers: clip.data.markers },
      ...{ mediaMs: range?.startMs ?? 0, speed: item.kind === 'footage' ? item.speed : 1 },
    });
  }
  return { name: track.name, items: named(items), losses };
}

/** Whether clips follow each other by a dissolve is what the document says; what never is one keeps its word for it. */
function joined(before: Item | undefined, item: Item, isDissolved: boolean): Item {
  const has = before !== undefined && hasDissolve(joinedOf(before), joinedOf(item));
  if (before === undefined || has === isDissolved) return item;
  return { ...item, transition: isDissolved ? 'dissolve' : 'cut' };
}

function isOfOurLength(transition: unknown): boolean {
  const offsets = OffsetsSchema.safeParse(transition);
  if (!offsets.success) return false;
  const { startMs, durationMs } = offsets.data;
  return isSameFrame(startMs, 0) && isSameFrame(durationMs, (DISSOLVE_FRAMES * 1000) / 30);
}

/** How long something lasts that is not in the film. */
function lengthOf(child: unknown): number {
  const range = z.object({ source_range: TimeRangeSchema }).safeParse(child);
  return range.success ? range.data.source_range.durationMs : 0;
}

function unread(child: unknown, kind: string): [what: string, reason: string] {
  const { name } = z
    .object({ name: z.string().catch('') })
    .catch({ name: '' })
    .parse(child);
  if (kind === 'Gap') return ['gap', 'Nothing is shown there: what comes after it follows at once.'];
  if (kind === 'Stack' || kind === 'Track') return [nameOf({ name }, kind), 'A film holds no films.'];
  return kind === 'Clip'
    ? [nameOf({ name }), 'It is not as OpenTimelineIO writes a clip.']
    : [nameOf({ name }, 'something'), `“${kind}” is nothing that a film has.`];
}

/** A name is one item's: what was copied, and what is new, gets one of its own. */
function named(items: readonly ReadItem[]): ReadItem[] {
  const taken = new Set<string>();
  const wanted = new Set(items.map(({ item }) => item.id));
  let next = 1;
  return items.map((read) => {
    let { id } = read.item;
    while (id === '' || taken.has(id)) {
      const name = `otio-${next++}`;
      id = wanted.has(name) ? '' : name;
    }
    taken.add(id);
    return { ...read, item: { ...read.item, id } };
  });
}

/** The way from the document's clock to the film's: the same, but for what is not in the film. */
export function filmClock(items: readonly ReadItem[]): (ms: number) => number {
  const placed = placements(items.map(({ item }) => item));
  const parts = items.map(({ atMs }, n) => ({
    atMs,
    startMs: placed[n]?.startMs ?? 0,
    endMs: placed[n]?.endMs ?? 0,
  }));
  return (ms) => {
    const part = parts.filter(({ atMs }) => atMs <= ms + 0.01).at(-1);
    return part === undefined ? 0 : Math.min(part.endMs, part.startMs + Math.max(0, ms - part.atMs));
  };
}
