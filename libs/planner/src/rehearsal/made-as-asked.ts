import { foldText } from '@showrunner/contracts';
import type { Asked, PageSnapshot } from '@showrunner/contracts';
import { rowsOf } from '../intent/rows';
import { PageView } from '../page-view';
import { wordsOf } from '../words';
import { insertedText } from './inserted-text';

/** Why an entry that was made is not the one that was asked for; undefined when it says what was chosen for it, or says nothing of its kind. */
export function unlikeMade(
  { title, holds }: Extract<Asked, { kind: 'made' }>,
  { before, after }: { before: PageSnapshot; after: PageSnapshot },
): string | undefined {
  const text = saidBeside(title, before, after);
  for (const { value, others } of holds) {
    if (says(text, value)) continue;
    const wrong = otherNumber(text, value);
    if (wrong !== undefined) return `“${title}” says “${wrong}”, not “${value}”`;
    const other = others?.find((one) => says(text, one) && !says(value, one));
    if (other !== undefined) return `“${title}” says “${other}”, not “${value}”`;
    // What else was to choose from is not known: an entry with more to say says what was chosen.
    if (others === undefined && /\p{L}{3}/u.test(text)) return `“${title}” does not say “${value}”`;
  }
  return undefined;
}

/** What the new entry says besides its title and its controls; where it is no entry, what has come with it. */
function saidBeside(title: string, before: PageSnapshot, after: PageSnapshot): string {
  const rows = rowsOf(PageView.of(after));
  const own = rows.filter((row) => row.text.includes(foldText(title)));
  const [row] = own.sort((a, b) => a.text.length - b.text.length);
  const whole = row?.text ?? insertedText(before, after);
  const labels = (row?.members ?? []).flatMap(({ role, name }) =>
    role === 'button' || role === 'link' ? [foldText(name)] : [],
  );
  return [title, ...labels].reduce((text, label) => (label === '' ? text : text.replace(label, ' ')), whole);
}

const NUMBER = /\d+(?:[.,]\d+)*/gu;

/** The first number of a text, where a number is asked for and the text has others than that alone. */
function otherNumber(text: string, value: string): string | undefined {
  const read = (said: string): number => Number(said.replace(/,(?=\d{3}(?:\D|$))/gu, '').replace(',', '.'));
  if (!/^\d+(?:[.,]\d+)?$/u.test(value)) return undefined;
  const numbers = text.match(NUMBER) ?? [];
  return numbers.some((one) => read(one) === read(value)) ? undefined : numbers[0];
}

const says = (text: string, value: string): boolean => {
  const words = wordsOf(text);
  const wanted = wordsOf(value);
  return wanted.length > 0 && words.some((_, at) => wanted.every((word, n) => words[at + n] === word));
};
