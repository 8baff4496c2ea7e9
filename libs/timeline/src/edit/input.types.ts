import type { ActionRecord, Clip, FrameSize } from '@showrunner/contracts';
import type { Cards } from './card-budget';

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

/** What an edit must know of a take's pictures: when they really changed, ms since the first frame, ascending. */
export interface TakePictures {
  takeId: string;
  durationMs: number;
  changes: number[];
}

export interface EditInput {
  runId: string;
  title: string;
  /** The page as it was filmed. */
  size: FrameSize;
  /** Which cards the film has; what it can afford unless given. */
  cards?: Cards;
  /** Whether the camera goes near where that helps; it does unless told not to. */
  zooms?: boolean;
  clips: Clip[];
  takes: TakePictures[];
  features: FilmFeature[];
  actions: FilmedAction[];
}
