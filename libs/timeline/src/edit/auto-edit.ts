import { InvalidInputError } from '@showrunner/contracts';
import { clipClock } from '../document/clip-clock';
import type { Item } from '../document/items';
import { lengthOf } from '../document/placements';
import { TIMELINE_VERSION, TimelineSchema, type Chapter, type Timeline } from '../document/timeline';
import { autoCaptions } from './auto-captions';
import { autoZooms } from './auto-zooms';
import { affordableCards, TITLE_MS, type Cards } from './card-budget';
import { editClip, type EditedClip } from './edit-clip';
import type { EditInput } from './input.types';
import { shownActions } from './shown-actions';

/** A clip's last picture stays so long; the film's very last one longer, for a calm end. */
const HOLD_MS = 500;
const LAST_HOLD_MS = 1400;
/** Where no card comes before it, a clip's first picture stays a moment, so that its title is read before something happens. */
const LEAD_IN_MS = 500;

/**
 * The first timeline of a run, made without questions: an opening card, then each feature's footage without dead time and with long typing
 * quickened, its last picture held for a moment. Where the film is long enough for it, each feature has a title card; else its title
 * stands above its first captions. The camera goes near what is small.
 * @throws InvalidInputError `nothing_to_render` without clips, `take_missing`
 */
export function autoEdit(input: EditInput): Timeline {
  if (input.clips.length === 0) {
    throw new InvalidInputError('nothing_to_render', 'There is no clip to make a film of.', {
      remedy: 'Film again: a feature must succeed to become a clip.',
    });
  }
  const edited = input.clips.map((clip) => editClip(clip, input));
  const chapters = edited.map(({ clip }): Chapter => {
    const feature = input.features.find(({ id }) => id === clip.feature);
    return {
      clipId: clip.clipId,
      feature: clip.feature,
      title: text(feature?.title ?? clip.feature),
      description: text(feature?.description ?? ''),
    };
  });
  const cards = input.cards ?? affordableCards(picturesMs(edited), edited.length);
  const items = edited.flatMap((one, n) => itemsOf(one, n, { chapters, cards, title: text(input.title) }));
  return TimelineSchema.parse({
    version: TIMELINE_VERSION,
    runId: input.runId,
    title: text(input.title),
    page: input.size,
    takes: input.takes.map(({ takeId, durationMs }) => ({ takeId, durationMs })),
    items,
    chapters,
    ...overlaysOf(edited, items, { input, chapters, cards }),
    actions: edited.flatMap(shownActions),
  });
}

const text = (value: string): string => value.slice(0, 500);

/** Footage and holds, without any card. */
const picturesMs = (edited: readonly EditedClip[]): number =>
  edited
    .flatMap(({ kept }) => kept)
    .reduce((sum, { fromMs, toMs, speed }) => sum + (toMs - fromMs) / speed, edited.length * HOLD_MS);

interface Announcement {
  chapters: readonly Chapter[];
  cards: Cards;
  title: string;
}

function itemsOf({ clip, kept }: EditedClip, n: number, { chapters, cards, title }: Announcement): Item[] {
  const { clipId, takeId } = clip;
  const base = { clipId, takeId, transition: 'auto' as const };
  const [first] = kept;
  const chapter = chapters[n];
  const isLast = n === chapters.length - 1;
  const opening: Item = {
    ...{ kind: 'card', card: 'opening', id: `${clipId}.opening`, ...base, atMs: first.fromMs },
    ...{ durationMs: cards.openingMs, title, body: text(chapters.map((one) => one.title).join('   ·   ')) },
  };
  const titleCard: Item = {
    ...{ kind: 'card', card: 'title', id: `${clipId}.title`, ...base, atMs: first.fromMs },
    ...{ durationMs: TITLE_MS, title: chapter?.title ?? '', body: chapter?.description ?? '' },
    progress: { number: n + 1, of: chapters.length },
  };
  const still = (id: string, atMs: number, durationMs: number): Item => ({
    ...{ kind: 'still', id: `${clipId}.${id}`, ...base, atMs, durationMs },
  });
  const lastMs = (kept.at(-1) ?? first).toMs;
  return [
    ...(n === 0 && cards.openingMs > 0 ? [opening] : []),
    cards.titles === 'cards' ? titleCard : still('lead', first.fromMs, LEAD_IN_MS),
    ...kept.map(({ fromMs, toMs, speed }, part): Item => ({
      ...{ kind: 'footage', id: `${clipId}.${part + 1}`, ...base, inMs: fromMs, outMs: toMs, speed },
    })),
    still('hold', lastMs, isLast ? LAST_HOLD_MS : HOLD_MS),
  ].filter((item) => lengthOf(item) >= 0);
}

function overlaysOf(
  edited: readonly EditedClip[],
  items: readonly Item[],
  { input, chapters, cards }: { input: EditInput; chapters: readonly Chapter[]; cards: Cards },
): Pick<Timeline, 'captions' | 'zooms'> {
  const places = edited.flatMap(({ clip, actions }, n) => {
    const clock = clipClock({ items: [...items] }, clip.clipId);
    const chapter = chapters[n];
    return clock === null || chapter === undefined ? [] : [{ clock, chapter, actions, number: n + 1 }];
  });
  const captions = places.flatMap((place) =>
    autoCaptions({
      ...place,
      of: chapters.length,
      isHeaded: cards.titles === 'captions',
      filmTitle: cards.openingMs > 0 ? null : input.title,
    }),
  );
  const zooms =
    input.zooms === false
      ? []
      : places.flatMap(({ clock, actions }) => autoZooms(clock, actions, input.size));
  return {
    captions: captions.map((caption, n) => ({ id: `caption-${n + 1}`, ...caption })),
    zooms: zooms.map((zoom, n) => ({ id: `zoom-${n + 1}`, ...zoom })),
  };
}
