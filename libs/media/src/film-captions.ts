import type { Box } from '@showrunner/contracts';
import { clipClock, type ClipClock } from './film-clock';
import type { Chapter, FilmedAction, Timeline } from './timeline.types';

/** The title of a feature, above its first captions where it has no card. */
export interface Heading {
  /** `2 / 6`, or the film's title where nothing else names it; may be empty. */
  eyebrow: string;
  title: string;
}

/** One caption on the film's clock. */
export interface Caption {
  startMs: number;
  endMs: number;
  /** What is done; empty where only the heading is to be read. */
  text: string;
  heading?: Heading;
  /** Boxes of what is acted on while it shows, and of what appears by it: a caption covers neither. */
  boxes: Box[];
}

/** A heading that came later than this after the first one would come too late: it has been read, ms. */
const READ_AFTER_MS = 1500;

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
    const shown = captions.filter((caption) => caption.endMs > caption.startMs && caption.text.trim() !== '');
    return timeline.titles === 'cards' ? shown : withHeading(timeline, chapter, clock, shown);
  });
}

/** Puts the feature's title above the captions of its begin; what only says the title again is left to it. */
function withHeading(
  timeline: Timeline,
  chapter: Chapter,
  clock: ClipClock,
  captions: readonly Caption[],
): Caption[] {
  const { startMs } = clock;
  if (chapter.title.trim() === '') return [...captions];
  const heading = headingOf(timeline, chapter);
  const lead: Caption = { startMs, endMs: captions[0]?.startMs ?? clock.endMs, text: '', heading, boxes: [] };
  const headed = captions.map((caption) => {
    const text = saysTheSame(caption.text, chapter.title) ? '' : caption.text;
    return text === '' || caption.startMs < startMs + READ_AFTER_MS ? { ...caption, text, heading } : caption;
  });
  return [lead, ...headed].filter((caption) => caption.endMs > caption.startMs).reduce<Caption[]>(joined, []);
}

/** What looks the same one after the other is one caption: it does not blink. */
function joined(all: Caption[], next: Caption): Caption[] {
  const last = all.at(-1);
  const isSame = last?.text === next.text && last.heading === next.heading && last.endMs === next.startMs;
  if (!isSame || last === undefined) return [...all, next];
  return [...all.slice(0, -1), { ...last, endMs: next.endMs, boxes: [...last.boxes, ...next.boxes] }];
}

function headingOf(timeline: Timeline, chapter: Chapter): Heading {
  const { chapters, segments, title } = timeline;
  const number = `${chapters.indexOf(chapter) + 1} / ${chapters.length}`;
  const isNamed = segments.some(({ kind }) => kind === 'opening');
  const eyebrow = chapters.length > 1 ? number : isNamed || saysTheSame(title, chapter.title) ? '' : title;
  return { eyebrow, title: chapter.title };
}

const saysTheSame = (one: string, other: string): boolean => plain(one) === plain(other);

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
