import type { ActionRecord, Clip, FrameSize } from '@showrunner/contracts';
import type { Cards } from './card-budget';

/** Frames a second of every film. */
export const FPS = 30;

/** A feature as the film announces it. */
export interface FilmFeature {
  id: string;
  title: string;
  description: string;
}

/** An action with its take; times in ms since that take's first frame. */
export interface FilmedAction extends ActionRecord {
  takeId: string;
}

/** What the timeline must know of a take's pictures: when they really changed, ms since the first frame, ascending. */
export interface TakePictures {
  takeId: string;
  durationMs: number;
  changes: number[];
}

/**
 * A stretch of the film. `startMs` and `endMs` are on the film's clock and fall on whole frames. `opening` and `title` show the picture at
 * `sourceMs` behind a card, `hold` keeps the picture at `sourceMs` (before or after footage), `footage` plays from `sourceMs` on.
 */
export interface Segment {
  kind: 'opening' | 'title' | 'footage' | 'hold';
  clipId: string;
  takeId: string;
  startMs: number;
  endMs: number;
  sourceMs: number;
}

export const isCard = ({ kind }: Segment): boolean => kind === 'opening' || kind === 'title';

export interface Chapter {
  title: string;
  description: string;
  clipId: string;
  feature: string;
  startMs: number;
  endMs: number;
}

export interface Timeline {
  title: string;
  size: FrameSize;
  /** Where features are announced. */
  titles: Cards['titles'];
  segments: Segment[];
  chapters: Chapter[];
  durationMs: number;
}

export interface TimelineInput {
  title: string;
  size: FrameSize;
  /** Which cards the film has; what it can afford unless given. */
  cards?: Cards;
  clips: Clip[];
  takes: TakePictures[];
  features: FilmFeature[];
  actions: FilmedAction[];
}
