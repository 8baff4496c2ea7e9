import type { Box } from '@showrunner/contracts';
import { clipClock } from './film-clock';
import type { FilmedAction, Timeline } from './timeline.types';

/** One caption on the film's clock. */
export interface Caption {
  startMs: number;
  endMs: number;
  text: string;
  /** Boxes of what is acted on while it shows, and of what appears by it: a caption covers neither. */
  boxes: Box[];
}

/** The steps' captions: each from the start of its action to the next one's; equal neighbours become one. */
export function filmCaptions(timeline: Timeline, actions: FilmedAction[]): Caption[] {
  return timeline.chapters.flatMap((chapter) => {
    const clock = clipClock(timeline, chapter.clipId);
    if (clock === null) return [];
    const captions: Caption[] = [];
    for (const action of actions) {
      if (action.feature !== chapter.feature || action.takeId !== clock.takeId) continue;
      if (action.step < 0 || action.result === 'skipped') continue;
      const startMs = clock.toFilm(action.startMs);
      const boxes = [...(action.box === null ? [] : [action.box]), ...(action.revealed ?? [])];
      const before = captions.at(-1);
      if (before?.text === action.caption) {
        before.boxes.push(...boxes);
        continue;
      }
      if (before !== undefined) before.endMs = startMs;
      captions.push({ startMs, endMs: clock.endMs, text: action.caption, boxes });
    }
    return captions.filter((caption) => caption.endMs > caption.startMs && caption.text.trim() !== '');
  });
}
