import { InvalidInputError, type Clip } from '@showrunner/contracts';
import { keptFootage, type SourceSpan } from './dead-time';
import {
  FPS,
  type FilmedAction,
  type Segment,
  type TakePictures,
  type Timeline,
  type TimelineInput,
} from './timeline.types';

export const OPENING_MS = 1800;
export const TITLE_MS = 1600;
export const HOLD_MS = 700;

/**
 * Orders the clips into a film: an opening card, then for each feature a title card, its footage without dead time, and its last picture
 * held for a moment. All times fall on whole frames.
 * @throws InvalidInputError `nothing_to_render` without clips
 */
export function buildTimeline(input: TimelineInput): Timeline {
  if (input.clips.length === 0) {
    throw new InvalidInputError('nothing_to_render', 'There is no clip to make a film of.', {
      remedy: 'Film again: a feature must succeed to become a clip.',
    });
  }
  const timeline: Timeline = {
    title: input.title,
    size: input.size,
    segments: [],
    chapters: [],
    durationMs: 0,
  };
  for (const clip of input.clips) appendClip(timeline, clip, input);
  return timeline;
}

function appendClip(timeline: Timeline, clip: Clip, input: TimelineInput): void {
  const take = input.takes.find((candidate) => candidate.takeId === clip.takeId);
  if (take === undefined) {
    throw new InvalidInputError('take_missing', `The take of clip ${clip.clipId} is not there.`);
  }
  const feature = input.features.find(({ id }) => id === clip.feature);
  const actions = actionsOf(clip, input.actions);
  const kept = keptFootage(footageSpan(clip, take, actions), take.changes, actions);
  const chapterStart = timeline.durationMs;
  const push = (kind: Segment['kind'], sourceMs: number, lengthMs: number): void => {
    const startMs = timeline.durationMs;
    const endMs = onFrame(startMs + Math.max(lengthMs, 1000 / FPS));
    timeline.segments.push({ kind, clipId: clip.clipId, takeId: take.takeId, startMs, endMs, sourceMs });
    timeline.durationMs = endMs;
  };

  const first = kept[0];
  const last = kept.at(-1);
  if (first === undefined || last === undefined) return;
  if (timeline.segments.length === 0) push('opening', first.fromMs, OPENING_MS);
  push('title', first.fromMs, TITLE_MS);
  for (const span of kept) push('footage', span.fromMs, span.toMs - span.fromMs);
  push('hold', last.toMs, HOLD_MS);
  timeline.chapters.push({
    title: feature?.title ?? clip.feature,
    description: feature?.description ?? '',
    clipId: clip.clipId,
    feature: clip.feature,
    startMs: chapterStart,
    endMs: timeline.durationMs,
  });
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
