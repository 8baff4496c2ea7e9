import type { Feature } from '@showrunner/contracts';
import { stem, stemsOf, wordsOf } from '../words';
import { FUNCTION_WORDS } from './lexicon';
import type { Act } from './lexicon';
import { sameMeaning } from './meanings';
import { readPart } from './read-intent';
import { refersBack } from './refer';

/** Acts that say all by themselves, whatever came before. */
const WHOLE = new Set<Act | undefined>([
  'show',
  'search',
  'filter',
  'sort',
  'signIn',
  'signUp',
  'signOut',
  'calculate',
  'set',
]);

/** Whether a part says nothing of what it is about (`reply`, `delete it`): then it is about what the part before has shown. */
export function goesOn(text: string): boolean {
  const part = readPart(text);
  if (part.isPronoun) return true;
  return (
    !WHOLE.has(part.act) &&
    part.value === undefined &&
    part.quoted.length === 0 &&
    part.names.length === 0 &&
    part.ordinal === undefined &&
    part.within === undefined &&
    wordsOf(part.text).length === 1
  );
}

const ARRANGES = new Set<Act | undefined>(['search', 'filter', 'sort']);

/** Whether a part means one by its place in a list (`the first one`) that the part before was to arrange, or the one that it was to find (`the contact`). */
export function countsIn(text: string, before: string): boolean {
  const [part, { act }] = [readPart(text), readPart(before)];
  return ARRANGES.has(act) && (part.ordinal !== undefined || (act !== 'sort' && refersBack(part)));
}

/** Whether a part asks to open just what a feature has opened with its last step: the cart in which something was seen. */
export function isOpened(text: string, { steps }: Pick<Feature, 'steps'>): boolean {
  const { act, object, ordinal, quoted } = readPart(text);
  const [verb, ...opened] = stemsOf(steps.at(-1)?.caption ?? '');
  const wanted = wordsOf(object).filter((word) => !FUNCTION_WORDS.has(word));
  return (
    (act === 'open' || act === 'show') &&
    ordinal === undefined &&
    quoted.length === 0 &&
    verb === 'open' &&
    wanted.length > 0 &&
    wanted.every((word) => opened.some((one) => sameMeaning(one, stem(word))))
  );
}
