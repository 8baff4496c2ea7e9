import type { RulesContext } from '../rules-context';
import { shorten, stem, stemsOf, wordsOf } from '../words';
import { isControl, nameOf } from './controls';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun, sameMeaning } from './meanings';
import { withoutQuotes } from './quotes';
import type { IntentPart } from './read-intent';

/**
 * A word beside a quotation that neither the lexicon nor the app has, where nothing says what is to be done: it would say just that. What is
 * quoted is then not used in whatever way it may be used. Undefined when there is none.
 */
export function notUnderstood(part: IntentPart, { views }: RulesContext): string | undefined {
  if (part.act !== undefined || part.verb !== '' || part.quoted.length === 0) return undefined;
  const bare = withoutQuotes(part.text).bare.replace(/[\ue000-\uf8ff]/gu, ' ');
  const known = views.flatMap((view) => [
    ...stemsOf(view.snapshot.text.slice(0, 20_000)),
    ...view.nodes.filter(isControl).flatMap((node) => stemsOf(nameOf(node))),
  ]);
  const word = wordsOf(bare).find(
    (one) =>
      !FUNCTION_WORDS.has(one) &&
      !STRUCTURE_WORDS.has(one) &&
      !isCommonNoun(one) &&
      !known.some((other) => sameMeaning(other, stem(one))),
  );
  return word === undefined ? undefined : shorten(word, 40);
}
