import type { Stopped } from './messages';
import { showFeature } from './search-attributes';

/** Where filming stands: readable by query, and asked by the loop whether to go on. */
export interface FilmProgress {
  enter(feature: string, stepIndex: number): void;
  /** Number of the next action; actions replayed after a loss are numbered apart, below zero they would not be valid, so from 1,000,000. */
  nextSeq(fast: boolean): number;
  stopped(): Stopped;
  feature(): string | null;
  stepIndex(): number;
}

const REPLAYED_FROM = 1_000_000;
/** More than a film has actions: those of a film after the loss of a sandbox follow upon those of the film before. */
const ACTIONS_OF_A_FILM = 100_000;

export function filmProgress(stopped: () => Stopped, filmsBefore = 0): FilmProgress {
  let feature: string | null = null;
  let step = -1;
  let seq = filmsBefore * ACTIONS_OF_A_FILM;
  let replayed = REPLAYED_FROM + seq;
  return {
    enter(nextFeature, stepIndex) {
      if (nextFeature !== feature) showFeature(nextFeature);
      feature = nextFeature;
      step = stepIndex;
    },
    nextSeq(fast) {
      return fast ? replayed++ : seq++;
    },
    stopped,
    feature: () => feature,
    stepIndex: () => step,
  };
}
