import type { Box, FilmOutline, OutlineStep } from '@showrunner/contracts';
import { clipClock } from './film-clock';
import { filmCues } from './film-cues';
import { FPS, isCard, type Chapter, type FilmedAction, type Timeline } from './timeline.types';

/** A film as files beside it need it: what is shown and to be read, and when. Boxes of `actions` are in pixels of the film. */
export function filmOutline(timeline: Timeline, actions: readonly FilmedAction[], fps = FPS): FilmOutline {
  const { title, size, durationMs, chapters, segments } = timeline;
  return {
    schemaVersion: 1,
    ...{ title, size, fps, durationMs },
    chapters: chapters.map(({ title: name, description, feature, startMs, endMs }) => ({
      ...{ title: name, description, feature, startMs, endMs },
    })),
    captions: filmCues(timeline, [...actions]).map(({ startMs, endMs, text }) => ({ startMs, endMs, text })),
    stretches: segments.map((segment) => ({
      kind: isCard(segment) ? 'card' : segment.kind === 'hold' ? 'hold' : 'footage',
      takeId: segment.takeId,
      ...{ startMs: segment.startMs, endMs: segment.endMs, sourceMs: segment.sourceMs },
    })),
    steps: chapters.flatMap((chapter) => stepsOf(chapter, timeline, actions)),
  };
}

function stepsOf(chapter: Chapter, timeline: Timeline, actions: readonly FilmedAction[]): OutlineStep[] {
  const clock = clipClock(timeline, chapter.clipId);
  if (clock === null) return [];
  const own = actions.filter(
    ({ feature, takeId, step, result }) =>
      feature === chapter.feature && takeId === clock.takeId && step >= 0 && result === 'succeeded',
  );
  return own.map((action, n) => ({
    feature: chapter.feature,
    step: action.step,
    text: action.caption,
    action: action.action.type,
    startMs: clock.toFilm(action.startMs),
    actMs: clock.toFilm(action.actMs),
    endMs: n === own.length - 1 ? clock.endMs : clock.toFilm(action.endMs),
    box: visible(action.box, timeline),
    revealed: (action.revealed ?? []).flatMap((box) => visible(box, timeline) ?? []),
    takeId: action.takeId,
    beforeMs: Math.max(0, action.actMs),
    verifiedMs: Math.max(0, action.endMs),
    isLast: n === own.length - 1,
  }));
}

/** The part of a box that the picture holds; null when that is none. */
function visible(box: Box | null, { size }: Timeline): Box | null {
  if (box === null) return null;
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  const width = Math.min(size.width, box.x + box.width) - x;
  const height = Math.min(size.height, box.y + box.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}
