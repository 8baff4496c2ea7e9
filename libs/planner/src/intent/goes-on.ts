import { wordsOf } from '../words';
import type { Act } from './lexicon';
import { readPart } from './read-intent';

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
