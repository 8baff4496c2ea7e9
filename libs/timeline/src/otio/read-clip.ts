import { z } from 'zod';
import { ItemIdSchema, TextSchema } from '../document/primitives';
import { CardSchema, FootageSchema, ItemSchema, StillSchema, type Card, type Item } from '../document/items';
import { lengthOf, onFrame } from '../document/placements';
import type { Timeline } from '../document/timeline';
import { CARD_KIND, isSameFrame, kindOf, OWN, type OtioClip } from './otio-schema';
import { sourceStart } from './write-clip';

/** What of a document is not in the film, or otherwise there, and why. */
export interface Loss {
  what: string;
  reason: string;
}

/** What a clip is read against. */
export interface ReadContext {
  /** The film as it is: its takes and chapters are what pictures can be of. */
  base: Timeline;
  /** The take that a file is of, by the file's name. */
  takeOf: (file: string) => string | undefined;
  lose: (what: string, reason: string) => void;
}

/** A clip as it is shown: a stretch of its media, ms. */
interface Shown {
  startMs: number;
  durationMs: number;
  /** 0: one picture, held. */
  speed: number;
}

const SPEEDS = { least: 0.25, most: 16 };

/** The item that a clip is, named as it was if it was one of ours; null, and named as lost, when it is nothing that a film can show. */
export function itemOf(clip: OtioClip, context: ReadContext): Item | null {
  const what = nameOf(clip);
  const lost = (reason: string): null => {
    context.lose(what, reason);
    return null;
  };
  const was = ownItem(clip, context.base);
  const { media } = clip;
  const range = clip.source_range ?? media?.available_range ?? null;
  if (!clip.enabled) return lost('It is switched off.');
  if (range === null || range.durationMs <= 0) return lost('It does not say from when to when it is shown.');
  const kind = kindOf(media);
  if (was?.kind === 'card') return cardFrom(clip, was, range.durationMs);
  if (kind === 'GeneratorReference')
    return lost(
      media?.generator_kind === CARD_KIND
        ? 'It is a card without the metadata that says what is behind it.'
        : 'A film shows pictures of its takes, and no generated ones.',
    );
  const takeId = takeIn(clip, was, context);
  if (takeId === undefined)
    return lost(`Its media (${mediaName(media?.target_url) || 'without a name'}) is no take of this run.`);
  const mediaStartMs = media?.available_range?.startMs ?? 0;
  const shown = { ...range, startMs: range.startMs - mediaStartMs, speed: speedOf(clip, what, context) };
  return picturesFrom(shown, { was, takeId, what, context });
}

export const nameOf = ({ name }: Pick<OtioClip, 'name'>, kind = 'clip'): string =>
  name.trim() === '' ? `A ${kind} without a name` : `${kind} “${name.slice(0, 80)}”`;

/** The item that the clip was written from, as far as it can still be one of this film. */
function ownItem({ metadata }: OtioClip, { takes, chapters, items }: Timeline): Item | null {
  const own = ItemSchema.safeParse(metadata[OWN]);
  if (!own.success) return null;
  const { takeId, clipId } = own.data;
  const isTake = takes.some((take) => take.takeId === takeId);
  return isTake && [...chapters, ...items].some((one) => one.clipId === clipId) ? own.data : null;
}

const ParametersSchema = z.object({
  title: TextSchema.optional().catch(undefined),
  body: TextSchema.optional().catch(undefined),
  spoken: TextSchema.optional().catch(undefined),
});

/** Words are the generator's. */
function cardFrom({ media }: OtioClip, was: Card, shownMs: number): Card {
  const words = ParametersSchema.parse(media?.generator_kind === CARD_KIND ? media.parameters : {});
  const given = Object.entries(words).filter(([, text]) => text !== undefined);
  const durationMs = isSameLength(was, shownMs) ? was.durationMs : shownMs;
  return CardSchema.parse({ ...was, ...Object.fromEntries(given), durationMs });
}

/** Placed, it is as long. */
const isSameLength = (item: Item, shownMs: number): boolean =>
  isSameFrame(Math.max(lengthOf(item), 1000 / 30), shownMs) || isSameFrame(onFrame(lengthOf(item)), shownMs);

function takeIn(
  { media }: OtioClip,
  was: Item | null,
  { base, takeOf }: ReadContext,
): Item['takeId'] | undefined {
  if (was !== null) return was.takeId;
  const named = media === null ? undefined : takeOf(mediaName(media.target_url));
  return base.takes.find(({ takeId }) => takeId === named)?.takeId;
}

/** The last part of a path or an address. */
function mediaName(url = ''): string {
  const name = url.split(/[?#]/)[0]?.split(/[\\/]/).at(-1) ?? '';
  try {
    return decodeURIComponent(name).slice(0, 200);
  } catch {
    return name.slice(0, 200);
  }
}

const WarpSchema = z.object({ enabled: z.boolean().catch(true), time_scalar: z.number() });

/** How many times as fast as its media a clip is played; what else is done to it is named. */
function speedOf({ effects }: OtioClip, what: string, { lose }: ReadContext): number {
  let speed = 1;
  for (const effect of effects) {
    const kind = kindOf(effect);
    const warp = WarpSchema.safeParse(effect);
    if (warp.success && (kind === 'LinearTimeWarp' || kind === 'FreezeFrame')) {
      if (warp.data.enabled) speed *= warp.data.time_scalar;
    } else {
      const { effect_name: name } = z
        .object({ effect_name: z.string().catch(kind) })
        .catch({ effect_name: kind })
        .parse(effect);
      lose(what, `Its effect “${name.slice(0, 80)}” is none that a film has.`);
    }
  }
  if (speed === 0) return 0;
  if (speed < 0) lose(what, 'It is played backwards: here it is played forwards.');
  const held = Math.min(SPEEDS.most, Math.max(SPEEDS.least, Math.abs(speed)));
  if (held !== Math.abs(speed))
    lose(
      what,
      `It is played ${Math.abs(speed)} times as fast: here ${held} times, as the nearest that can be.`,
    );
  return held;
}

function picturesFrom(
  shown: Shown,
  read: { was: Item | null; takeId: Item['takeId']; what: string; context: ReadContext },
): Item | null {
  const { was, takeId, what, context } = read;
  const takeMs = context.base.takes.find((take) => take.takeId === takeId)?.durationMs ?? 0;
  const isAsWas = was !== null && isSameFrame(onFrame(sourceStart(was)), shown.startMs);
  const startMs = isAsWas ? sourceStart(was) : Math.max(0, shown.startMs);
  if (startMs >= takeMs) {
    context.lose(what, `It begins behind the end of its take, which is ${Math.round(takeMs)} ms long.`);
    return null;
  }
  const isLong = was !== null && isSameLength(was, shown.durationMs);
  const base = {
    ...{ id: was?.id ?? '', takeId, clipId: was?.clipId ?? chapterAt(context.base, takeId, startMs) },
    transition: was?.transition ?? 'auto',
  };
  if (shown.speed === 0) {
    const durationMs = was?.kind === 'still' && isLong ? was.durationMs : shown.durationMs;
    return StillSchema.extend({ id: AnyId }).parse({ kind: 'still', ...base, atMs: startMs, durationMs });
  }
  const isExact = was?.kind === 'footage' && isAsWas && isLong && was.speed === shown.speed;
  const outMs = isExact ? was.outMs : startMs + shown.durationMs * shown.speed;
  if (outMs > takeMs + 1000 / 30)
    context.lose(what, 'It is shown longer than its take lasts: it ends with it.');
  return FootageSchema.extend({ id: AnyId }).parse({
    ...{ kind: 'footage', ...base, inMs: startMs, speed: shown.speed },
    outMs: isExact ? outMs : Math.min(outMs, takeMs),
  });
}

/** Named later, where it has no name yet. */
const AnyId = z.union([ItemIdSchema, z.literal('')]);

/** The chapter whose footage a moment of a take is nearest to. */
function chapterAt({ items, chapters }: Timeline, takeId: string, ms: number): string | undefined {
  const away = (item: Item): number => {
    const [from, to] = item.kind === 'footage' ? [item.inMs, item.outMs] : [item.atMs, item.atMs];
    return Math.max(from - ms, ms - to, 0);
  };
  const own = items.filter((item) => item.takeId === takeId).sort((a, b) => away(a) - away(b));
  return own[0]?.clipId ?? chapters[0]?.clipId ?? items[0]?.clipId;
}
