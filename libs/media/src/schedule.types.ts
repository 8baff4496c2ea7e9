import type { FrameSize } from '@showrunner/contracts';
import type { Card, Chapter, Span, Timeline, Transition } from '@showrunner/timeline';

/**
 * A stretch of the film. `startMs` and `endMs` are on the film's clock and fall on whole frames. `opening` and `title` show the picture at
 * `sourceMs` behind a card, `hold` keeps the picture at `sourceMs` (before or after footage), `footage` plays from `sourceMs` on.
 */
export interface Segment extends Span {
  kind: 'opening' | 'title' | 'footage' | 'hold';
  clipId: string;
  takeId: string;
  sourceMs: number;
  /** How many times as fast as it was filmed; 1 unless given. */
  speed?: number;
  transition?: Transition;
  card?: Card;
}

export const isCard = ({ kind }: Pick<Segment, 'kind'>): boolean => kind === 'opening' || kind === 'title';

/** A timeline as the renderer walks it: everything has its time. */
export interface Schedule {
  timeline: Timeline;
  /** Of the film. */
  size: FrameSize;
  segments: Segment[];
  /** With where each begins and ends in the film; together they are all of it. */
  chapters: (Chapter & Span)[];
  durationMs: number;
}
