import type { Stopped } from './messages';
import { showFeature } from './search-attributes';

/** Where filming stands: readable by query, and asked by the loop whether to go on. */
export interface FilmProgress {
  enter(feature: string, stepIndex: number): void;
  /** Number of the next action of this film, replayed ones included. */
  nextSeq(): number;
  stopped(): Stopped;
  feature(): string | null;
  stepIndex(): number;
}

export function filmProgress(stopped: () => Stopped): FilmProgress {
  let feature: string | null = null;
  let step = -1;
  let seq = 0;
  return {
    enter(nextFeature, stepIndex) {
      if (nextFeature !== feature) showFeature(nextFeature);
      feature = nextFeature;
      step = stepIndex;
    },
    nextSeq: () => seq++,
    stopped,
    feature: () => feature,
    stepIndex: () => step,
  };
}
