import type { PageView } from '../page-view';
import { stem, stemsOf, wordsOf } from '../words';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun, sameMeaning } from './meanings';
import type { IntentPart } from './read-intent';
import { listsOf } from './rows';
import type { Row } from './rows';

/** What was meant by words, or why nothing was. */
export type Referred = { rows: Row[] } | { missing: string };

export interface ReferOptions {
  /** What the part before was about, for "it". */
  focus?: string;
  /** Words that are accounted for otherwise: by the control, the field, the heading of the page. */
  explained?: (word: string) => boolean;
  /** Rows that offer what is asked for come first. */
  prefer?: (row: Row) => boolean;
}

/** Whether a part speaks of one of many: by name, by place, or as what came before. */
export const refersToOne = (part: IntentPart): boolean =>
  part.isPronoun || part.ordinal !== undefined || part.names.length > 0 || part.quoted.length > 0;

/** Whether a part speaks of what the part before was about: as "it", or as the one thing of its kind ("the contact"). */
export const refersBack = (part: IntentPart): boolean =>
  part.isPronoun ||
  (!refersToOne(part) &&
    THE_ONE.test(part.object) &&
    !/^an?\s/i.test(part.object) &&
    // A cart is where things are, and none of them.
    contentOf(part, () => false).every((word) => isCommonNoun(word) && !sameMeaning(stem(word), 'cart')));

/**
 * The rows that a part means, the best first. Everything that it names must stand in them (or be explained otherwise); a place counts among
 * the entries of one list.
 */
export function referTo(
  part: IntentPart,
  rows: readonly Row[],
  view: PageView,
  options: ReferOptions = {},
): Referred {
  const { focus, explained = () => false, prefer = () => true } = options;
  let left = [...rows];
  if (part.column !== undefined) {
    const wanted = part.column.toLowerCase();
    left = left.filter((row) => row.column.toLowerCase().includes(wanted));
    if (left.length === 0) return { missing: `Nothing was found in “${part.column}”.` };
  }
  if (part.isPronoun) {
    if (focus === undefined) return { missing: 'It is not said what is meant.' };
    left = left.filter((row) => row.text.includes(focus));
    return left.length > 0 ? { rows: best(left, prefer) } : { missing: `“${focus}” was not found.` };
  }
  const quoted = part.quoted.filter((text) => text !== part.value);
  for (const text of quoted) {
    left = left.filter((row) => row.text.toLowerCase().includes(text.toLowerCase()));
    if (left.length === 0) return { missing: `Nothing on the pages that were seen is called “${text}”.` };
  }
  const names =
    quoted.length > 0 ? [] : part.names.filter((name) => !explained(name) && !isOfPlace(name, view));
  const named = left.filter((row) => names.every((name) => holds(row, name)));
  if (names.length > 0 && named.length === 0)
    return { missing: `Nothing on the pages that were seen is called “${names.join(' ')}”.` };
  left = named;
  if (part.ordinal !== undefined) return byPlace(left, part, view, prefer);
  if (quoted.length > 0 || names.length > 0) return { rows: best(left, prefer, contentOf(part, explained)) };
  const content = contentOf(part, explained);
  const before =
    focus === undefined || !THE_ONE.test(part.object) ? [] : left.filter((row) => row.text.includes(focus));
  if (before.length > 0 && content.every((word) => isCommonNoun(word) || isOfPage(word, view)))
    return { rows: best(before, prefer) };
  if (content.every((word) => isOfPage(word, view)) && ANY_ONE.test(part.object))
    return anyOf(left, prefer, focus);
  const counted = left
    .map((row) => ({ row, count: content.filter((word) => holds(row, word)).length }))
    .filter(({ row, count }) => count > 0 && count * 2 >= content.length && isTelling(row, rows, content));
  const most = Math.max(0, ...counted.map(({ count }) => count));
  const matching = counted.filter(({ count }) => count === most).map(({ row }) => row);
  return matching.length > 0 ? { rows: best(matching, prefer) } : { missing: '' };
}

const ANY_ONE = /^(?:an?|any|some|one|ein\w*|une?|un|una|uno|um|uma|een)\s|^$/iu;

/** "The task", with nothing that says which: the one that was spoken of. */
const THE_ONE =
  /^(?:the|that|this|die|der|das|den|la|le|el|il|lo|a|o|het|de)\s+\p{L}+(?:\s+(?:an|ab|auf|aus|ein))?\s*$|^\u0627\u0644\p{Script=Arabic}+\s*$/iu;

/** Whether a word says what the page is about rather than which thing of it is meant. */
function isOfPage(word: string, view: PageView): boolean {
  const lists = view
    .ofRole('list', 'table', 'grid', 'region', 'textbox', 'button')
    .map((one) => `${one.name} ${one.placeholder ?? ''}`);
  const texts = [view.mainHeading()?.name ?? '', view.snapshot.title, view.path, ...lists];
  return texts.some((text) => stemsOf(text.slice(0, 200)).some((one) => sameMeaning(one, stem(word))));
}

/** Whether a name is that of the page, or of the part of the app that it is: "from the team". */
function isOfPlace(name: string, view: PageView): boolean {
  const texts = [view.mainHeading()?.name ?? '', ...view.page.revealedBy.map((one) => one.name)];
  const words = wordsOf(name);
  return texts.some((text) => words.length > 0 && words.every((word) => wordsOf(text).includes(word)));
}

/** "A note": the one that was made or used before, or else the first that offers what is wanted. */
function anyOf(rows: readonly Row[], prefer: (row: Row) => boolean, focus: string | undefined): Referred {
  const offering = rows.filter(prefer);
  const before = offering.filter((row) => focus !== undefined && row.text.includes(focus));
  const found = [...before, ...offering];
  return found.length > 0 ? { rows: found } : { missing: '' };
}

/** After an article and before a noun of German. */
const ADJECTIVE =
  /(?:^|\s)(?:der|die|das|den|dem|des|eine?[nmrs]?|meine?[nmrs]?)\s+(\p{Ll}{3,}(?:e|en|er|es|em))(?=\s+\p{Lu})/gu;

/** Words of the object that may name a row: without those of structure, and what is explained; adjectives of German with a mark. */
const contentOf = (part: IntentPart, explained: (word: string) => boolean): string[] => {
  const adjectives = [...part.object.matchAll(ADJECTIVE)].map(([, word = '']) => word);
  return plainContent(part, explained).map((word) => (adjectives.includes(word) ? `${word}+` : word));
};

const plainContent = (part: IntentPart, explained: (word: string) => boolean): string[] => [
  ...new Set(
    wordsOf(part.object).filter(
      (word) =>
        !FUNCTION_WORDS.has(word) &&
        !STRUCTURE_WORDS.has(word) &&
        !STRUCTURE_WORDS.has(stem(word)) &&
        !explained(word),
    ),
  ),
];

const holds = (row: Row, word: string): boolean =>
  row.stems.has(word) || row.stems.has(stem(word)) || inflected(word).some((form) => row.stems.has(form));

const ENDINGS = ['e', 'en', 'er', 'es', 'em'];
/** `neuer`, `neues` … of a German adjective, which ends as its article and noun do; marked as one by `contentOf`. */
const inflected = (word: string): string[] => {
  const base = /^(\p{L}{3,})(?:e|en|er|es|em)\+$/u.exec(word)?.[1];
  return base === undefined ? [] : ENDINGS.map((ending) => base + ending);
};

/** What every row says tells none from another. */
const isTelling = (row: Row, rows: readonly Row[], content: readonly string[]): boolean => {
  const like = rows.filter((one) => one.list === row.list);
  return (
    like.length === 1 || content.some((word) => holds(row, word) && like.some((one) => !holds(one, word)))
  );
};

/** Those that offer what is wanted, then those that hold more of the words; of one within another the inner. */
function best(rows: readonly Row[], prefer: (row: Row) => boolean, content: readonly string[] = []): Row[] {
  const count = (row: Row): number => content.filter((word) => holds(row, word)).length;
  return [...rows].sort(
    (a, b) =>
      Number(prefer(b)) - Number(prefer(a)) ||
      count(b) - count(a) ||
      (isWithin(a, b) ? -1 : isWithin(b, a) ? 1 : a.node.index - b.node.index),
  );
}

const isWithin = (inner: Row, outer: Row): boolean =>
  outer.members.some((one) => one.index === inner.node.index);

/** The n-th entry of the list that is meant: the one that is called so, that offers what is wanted, or else the longest. */
function byPlace(
  rows: readonly Row[],
  part: IntentPart,
  view: PageView,
  prefer: (row: Row) => boolean,
): Referred {
  const ordinal = part.ordinal ?? 0;
  const nouns = wordsOf(part.object)
    .map(stem)
    .filter((word) => !STRUCTURE_WORDS.has(word));
  const called = (list: readonly Row[]): boolean => {
    const first = list[0];
    const name = first === undefined ? '' : `${first.column} ${view.nodes[first.list]?.name ?? ''}`;
    return nouns.some((noun) => stemsOf(name).some((word) => sameMeaning(word, noun)));
  };
  const ranked = listsOf(rows).sort(
    (a, b) => Number(called(b)) - Number(called(a)) || b.filter(prefer).length - a.filter(prefer).length,
  );
  const list = ranked[0];
  if (list === undefined) return { missing: 'No list was found on the pages that were seen.' };
  const row = ordinal < 0 ? list[list.length + ordinal] : list[ordinal];
  return row === undefined ? { missing: `The list has only ${list.length} entries.` } : { rows: [row] };
}
