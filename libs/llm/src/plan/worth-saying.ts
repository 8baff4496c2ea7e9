import type { Candidate } from '@showrunner/contracts';
import { plain } from '../prompts/page-data';
import { wordsOf } from '../page-words';

/** Addresses, markup and names of machines are not said in a film, whoever wanted them there. */
const UNSPEAKABLE =
  /https?:|www\.|[<>{}\\]|[\w-]+@[\w-]+|\b[\w-]+\.(com|net|org|io|dev|app|co|ru|cn|xyz|example)\b/i;
const SHORT = 3;

/**
 * Words of a model as they may stand in a film, or undefined: one line, no address, and about what is done: a title that shares no word with it was taken from
 * somewhere else.
 * @param about words that it has to share one with; none: anything goes
 */
export function worthSaying(text: string, longest: number, about: readonly string[]): string | undefined {
  const said = plain(text, longest);
  if (said.length < SHORT || UNSPEAKABLE.test(said)) return undefined;
  if (about.length === 0) return said;
  const known = new Set(about.flatMap((one) => wordsOf(one).map(stemOf)));
  return wordsOf(said).some((word) => word.length >= SHORT && known.has(stemOf(word))) ||
    isUnspaced(said, about)
    ? said
    : undefined;
}

/** `cards`, `adding` and `added` meet `card` and `add`. */
const stemOf = (word: string): string => word.replace(/(?<=..)(ing|ed|es|s)$/, '');

/** Languages without spaces have no words to compare: two characters in a row have to be shared. */
const isUnspaced = (said: string, about: readonly string[]): boolean => {
  const characters = [...said].filter((one) =>
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(one),
  );
  return characters.some((one, at) =>
    about.some((text) => text.includes(`${one}${characters[at + 1] ?? '\n'}`)),
  );
};

/** A title or a caption: no full stop. */
export const titleWorthSaying = (
  text: string,
  longest: number,
  about: readonly string[],
): string | undefined => worthSaying(text.trim().replace(/[.。]+$/, ''), longest, about);

/** Words that say nothing of what is meant. */
const EMPTY = new Set(
  'the and for with from into this that its one all any how you your show use using then also only please can'.split(
    ' ',
  ),
);

/** Whether a feature is about what a part of an intent says: it has most of its words, in what it is called or acts on. */
export function speaksOf({ feature, words }: Candidate, part: string): boolean {
  const wanted = wordsOf(part).filter((word) => word.length >= SHORT && !EMPTY.has(word));
  const steps = feature.steps.flatMap(({ action, caption }) => [
    caption,
    'target' in action && action.target ? `${action.target.name} ${action.target.within?.name ?? ''}` : '',
    action.type === 'type' ? action.text : '',
  ]);
  const about = [feature.title, ...words, ...steps];
  if (wanted.length === 0) return isUnspaced(part, about);
  const known = new Set(about.flatMap((one) => wordsOf(one).map(stemOf)));
  const found = wanted.filter((word) => known.has(stemOf(word)));
  return found.length * 2 >= wanted.length || (found.length === 0 && isUnspaced(part, about));
}
