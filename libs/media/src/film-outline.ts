import type { Box, FilmOutline, OutlineStep } from '@showrunner/contracts';
import { clipClock, FPS, type FilmedAction } from '@showrunner/timeline';
import type { Camera } from './camera';
import { filmCues } from './film-cues';
import { filmView } from './film-view';
import { isCard, type Schedule } from './schedule.types';

/** A film as files beside it need it: what is shown and to be read, and when. Boxes of `actions` are in pixels of the page. */
export function filmOutline(schedule: Schedule, actions: readonly FilmedAction[], fps = FPS): FilmOutline {
  const { timeline, size, durationMs, chapters, segments } = schedule;
  const { camera } = filmView(schedule, fps);
  return {
    schemaVersion: 1,
    ...{ title: timeline.title, size, fps, durationMs },
    chapters: chapters.map(({ title: name, description, feature, startMs, endMs }) => ({
      ...{ title: name, description, feature, startMs, endMs },
    })),
    captions: filmCues(schedule).map(({ startMs, endMs, text }) => ({ startMs, endMs, text })),
    stretches: segments.map((segment) => ({
      kind: isCard(segment) ? 'card' : segment.kind === 'hold' ? 'hold' : 'footage',
      takeId: segment.takeId,
      ...{ startMs: segment.startMs, endMs: segment.endMs, sourceMs: segment.sourceMs },
    })),
    steps: chapters.flatMap((chapter) => stepsOf(chapter, { schedule, camera, actions })),
  };
}

interface Filmed {
  schedule: Schedule;
  camera: Camera;
  actions: readonly FilmedAction[];
}

function stepsOf(
  chapter: Schedule['chapters'][number],
  { schedule, camera, actions }: Filmed,
): OutlineStep[] {
  const clock = clipClock(schedule.timeline, chapter.clipId);
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
    box: visible(action.box, camera, clock.toFilm(action.actMs)),
    revealed: (action.revealed ?? []).flatMap(
      (box) => visible(box, camera, clock.toFilm(action.endMs)) ?? [],
    ),
    takeId: action.takeId,
    beforeMs: Math.max(0, action.actMs),
    verifiedMs: Math.max(0, action.endMs),
    isLast: n === own.length - 1,
  }));
}

/** The part of a box of the page that the film shows at a moment, in its pixels; null when that is none. */
function visible(box: Box | null, camera: Camera, ms: number): Box | null {
  if (box === null) return null;
  const { content } = camera.stage;
  const seen = camera.boxToFilm(box, ms);
  const x = Math.max(content.x, seen.x);
  const y = Math.max(content.y, seen.y);
  const width = Math.min(content.x + content.width, seen.x + seen.width) - x;
  const height = Math.min(content.y + content.height, seen.y + seen.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}
