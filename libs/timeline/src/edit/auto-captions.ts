import type { ActionRecord } from '@showrunner/contracts';
import type { ClipClock } from '../document/clip-clock';
import type { Caption } from '../document/overlays';
import type { Chapter } from '../document/timeline';

/** A heading that came later than this after the first one would come too late: it has been read, ms. */
const READ_AFTER_MS = 1500;

type Draft = Omit<Caption, 'id'>;

/** A chapter's place in the film that captions are made for. */
export interface CaptionedChapter {
  chapter: Chapter;
  /** From 1, and of how many. */
  number: number;
  of: number;
  clock: ClipClock;
  actions: readonly Pick<ActionRecord, 'step' | 'startMs' | 'box' | 'revealed' | 'opened' | 'caption'>[];
  /** No card says the chapter's title, so its captions do. */
  isHeaded: boolean;
  /** The film's title, where no card says it. */
  filmTitle: string | null;
}

/** The steps' captions: each from the start of its action to the next one's; equal neighbours become one. */
export function autoCaptions(place: CaptionedChapter): Draft[] {
  const { clock } = place;
  const captions: Draft[] = [];
  for (const action of place.actions) {
    if (action.step < 0) continue;
    const startMs = clock.toFilm(action.startMs);
    const { box, revealed = [], opened } = action;
    const avoid = [...(box === null ? [] : [box]), ...revealed, ...(opened === undefined ? [] : [opened])];
    const before = captions.at(-1);
    if (before?.text === action.caption) {
      before.avoid.push(...avoid);
      continue;
    }
    if (before !== undefined) before.endMs = startMs;
    captions.push({ startMs, endMs: clock.endMs, text: action.caption, avoid });
  }
  const shown = captions.filter(({ startMs, endMs, text }) => endMs > startMs && text.trim() !== '');
  return (place.isHeaded ? withHeading(place, shown) : shown).map((caption) => ({
    ...caption,
    avoid: caption.avoid.slice(0, 64),
  }));
}

/** Puts the feature's title above the captions of its begin; what only says the title again is left to it. */
function withHeading(place: CaptionedChapter, captions: readonly Draft[]): Draft[] {
  const { chapter, clock } = place;
  const { startMs } = clock;
  if (chapter.title.trim() === '') return [...captions];
  const heading = headingOf(place);
  const lead: Draft = { startMs, endMs: captions[0]?.startMs ?? clock.endMs, text: '', heading, avoid: [] };
  const headed = captions.map((caption) => {
    const text = saysTheSame(caption.text, chapter.title) ? '' : caption.text;
    return text === '' || caption.startMs < startMs + READ_AFTER_MS ? { ...caption, text, heading } : caption;
  });
  return [lead, ...headed].filter((caption) => caption.endMs > caption.startMs).reduce<Draft[]>(joined, []);
}

/** What looks the same one after the other is one caption: it does not blink. */
function joined(all: Draft[], next: Draft): Draft[] {
  const last = all.at(-1);
  const isSame = last?.text === next.text && last.heading === next.heading && last.endMs === next.startMs;
  if (!isSame || last === undefined) return [...all, next];
  return [...all.slice(0, -1), { ...last, endMs: next.endMs, avoid: [...last.avoid, ...next.avoid] }];
}

function headingOf({ chapter, number, of, filmTitle }: CaptionedChapter): NonNullable<Caption['heading']> {
  const isNamed = filmTitle === null || saysTheSame(filmTitle, chapter.title);
  return { eyebrow: of > 1 ? `${number} / ${of}` : isNamed ? '' : filmTitle, title: chapter.title };
}

const saysTheSame = (one: string, other: string): boolean => plain(one) === plain(other);

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
