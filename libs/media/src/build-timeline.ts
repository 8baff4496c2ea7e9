import { InvalidInputError, type Clip } from '@showrunner/contracts';
import { affordableCards, TITLE_MS } from './card-budget';
import { keptFootage, type SourceSpan } from './dead-time';
import {
  FPS,
  type FilmedAction,
  type Segment,
  type TakePictures,
  type Timeline,
  type TimelineInput,
} from './timeline.types';

/** A clip's last picture stays so long; the film's very last one longer, for a calm end. */
const HOLD_MS = 500;
const LAST_HOLD_MS = 1400;
/** Where no card comes before it, a clip's first picture stays a moment, so that its title is read before something happens. */
const LEAD_IN_MS = 500;

/** A clip as it will be shown: its take and the stretches of it that are kept. */
interface EditedClip {
  clip: Clip;
  take: TakePictures;
  kept: [SourceSpan, ...SourceSpan[]];
}

/**
 * Orders the clips into a film: an opening card, then each feature's footage without dead time, its last picture held for a moment. Where
 * the film is long enough for it, each feature has a title card; else its title stands above its first captions. All times fall on whole frames.
 * @throws InvalidInputError `nothing_to_render` without clips, `take_missing`
 */
export function buildTimeline(input: TimelineInput): Timeline {
  if (input.clips.length === 0) {
    throw new InvalidInputError('nothing_to_render', 'There is no clip to make a film of.', {
      remedy: 'Film again: a feature must succeed to become a clip.',
    });
  }
  const edited = input.clips.flatMap((clip) => editClip(clip, input));
  const { titles, openingMs } = input.cards ?? affordableCards(picturesMs(edited), edited.length);
  const timeline: Timeline = {
    ...{ title: input.title, size: input.size, titles },
    segments: [],
    chapters: [],
    durationMs: 0,
  };
  for (const [n, one] of edited.entries()) {
    const feature = input.features.find(({ id }) => id === one.clip.feature);
    appendClip(timeline, one, n === 0 ? openingMs : 0, n === edited.length - 1);
    timeline.chapters.push({
      title: feature?.title ?? one.clip.feature,
      description: feature?.description ?? '',
      clipId: one.clip.clipId,
      feature: one.clip.feature,
      startMs: timeline.chapters.at(-1)?.endMs ?? 0,
      endMs: timeline.durationMs,
    });
  }
  return timeline;
}

function editClip(clip: Clip, { takes, actions }: TimelineInput): EditedClip[] {
  const take = takes.find((candidate) => candidate.takeId === clip.takeId);
  if (take === undefined) {
    throw new InvalidInputError('take_missing', `The take of clip ${clip.clipId} is not there.`);
  }
  const own = actionsOf(clip, actions);
  const [first, ...more] = keptFootage(footageSpan(clip, take, own), take.changes, own);
  return first === undefined ? [] : [{ clip, take, kept: [first, ...more] }];
}

/** Footage and holds, without any card. */
const picturesMs = (edited: readonly EditedClip[]): number =>
  edited
    .flatMap(({ kept }) => kept)
    .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, edited.length * HOLD_MS);

function appendClip(
  timeline: Timeline,
  { clip, take, kept }: EditedClip,
  openingMs: number,
  isLast: boolean,
): void {
  const push = (kind: Segment['kind'], sourceMs: number, lengthMs: number): void => {
    const startMs = timeline.durationMs;
    const endMs = onFrame(startMs + Math.max(lengthMs, 1000 / FPS));
    timeline.segments.push({ kind, clipId: clip.clipId, takeId: take.takeId, startMs, endMs, sourceMs });
    timeline.durationMs = endMs;
  };
  const [first] = kept;
  const last = kept[kept.length - 1] ?? first;
  if (openingMs > 0) push('opening', first.fromMs, openingMs);
  if (timeline.titles === 'cards') push('title', first.fromMs, TITLE_MS);
  else push('hold', first.fromMs, LEAD_IN_MS);
  for (const span of kept) push('footage', span.fromMs, span.toMs - span.fromMs);
  push('hold', last.toMs, isLast ? LAST_HOLD_MS : HOLD_MS);
}

/** The actions that a clip shows: of its feature, on its take, within its time. */
export function actionsOf(clip: Clip, actions: FilmedAction[]): FilmedAction[] {
  return actions
    .filter(
      (action) =>
        action.takeId === clip.takeId &&
        action.feature === clip.feature &&
        action.result !== 'skipped' &&
        action.endMs >= clip.startMs &&
        action.startMs <= clip.endMs,
    )
    .sort((a, b) => a.actMs - b.actMs);
}

/** The title card stands for the way to the feature's page: footage begins where that navigation ended. */
function footageSpan(clip: Clip, take: TakePictures, actions: FilmedAction[]): SourceSpan {
  const toMs = Math.min(clip.endMs, take.durationMs);
  const arrival = actions.find((action) => action.step === -1)?.endMs ?? 0;
  const firstStep = actions.find((action) => action.step >= 0)?.startMs ?? toMs;
  const fromMs = Math.max(clip.startMs, Math.min(arrival, firstStep));
  return { fromMs: Math.min(fromMs, toMs - 100), toMs };
}

function onFrame(ms: number): number {
  return (Math.round((ms * FPS) / 1000) * 1000) / FPS;
}
