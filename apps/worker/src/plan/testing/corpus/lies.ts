import { startPages } from './drive-corpus';
import type { CorpusApp } from './drive-corpus';
import { LIES_OF_LISTS } from './lies-of-lists';
import { LIES_OF_STATES } from './lies-of-states';
import { LIES_OF_THINGS } from './lies-of-things';

export const LIES = { ...LIES_OF_LISTS, ...LIES_OF_STATES, ...LIES_OF_THINGS };

/** Lying apps and honest ones with what they are asked; `withIntent` false: what is claimed of them unasked, of which only the lies are judged. */
export const lyingPairs = (names: readonly string[], withIntent = true): CorpusApp[] =>
  names.map((name) => {
    const app = LIES[name];
    if (app === undefined) throw new RangeError(`There is no app ${name} in the corpus.`);
    const { kind, must, mustNot, intent } = app;
    return {
      name,
      intent: withIntent ? intent : '',
      expectation: {
        kind,
        ...(must !== undefined && withIntent && { must }),
        ...(mustNot !== undefined && { mustNot }),
      },
      start: () => startPages(app),
    };
  });
