import { isUsable } from '../page-view';
import type { PageView } from '../page-view';
import type { RulesContext } from '../rules-context';
import { foldText } from '@showrunner/contracts';
import { shorten, stem, stemsOf, wordsOf } from '../words';
import { nameOf } from './controls';
import { firstByExtreme } from './extremes';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun, isCompletion, sameMeaning } from './meanings';
import { pluralIn } from './plural';
import type { Plural } from './plural';
import type { IntentPart } from './read-intent';
import { controlIn } from './row-control';
import { listsOf, rowsOf } from './rows';
import type { Row } from './rows';
import { listedNames } from './listed-names';
import { namesSeveral } from './several';

/** As many as are done one after the other. */
const MOST = 12;

/** The parts that one part is which means several things, one for each; or why nobody can tell which these are. */
export type Each = { texts: string[] } | { missing: string };

/**
 * "Delete A and B", "archive the unread ones", "mark all overdue invoices as paid", "everything except the towel": each thing that is meant gets
 * a part of its own, so that each is done and proven by itself. Undefined when a part means one thing.
 */
export function eachOf(part: IntentPart, context: RulesContext): Each | undefined {
  const plural = pluralIn(part);
  if (plural === undefined || (plural.kind === 'kind' && isName(plural.phrase, context))) return undefined;
  // Boxes that are called so are chosen together.
  if (plural.kind === 'names' && part.act === 'choose' && namesSeveral(part, context)) return undefined;
  if (plural.kind === 'all' && plural.except === undefined && isBare(plural.phrase, context)) {
    // A box for all of them, or the boxes of all, as one.
    if (part.act === 'mark' || part.act === 'choose') return undefined;
    if (hasControlForAll(part, context)) return undefined;
  }
  let missing = '';
  for (const view of context.views) {
    const found = rowsMeant(plural, part, view);
    if (found === undefined) continue;
    if ('missing' in found) {
      missing ||= found.missing;
      continue;
    }
    if (found.titles.length > MOST)
      return {
        missing: `${found.titles.length} things are meant, more than the ${MOST} that are done one by one.`,
      };
    return { texts: found.titles.map((title) => textFor(plural, title)) };
  }
  if (plural.kind === 'names') return missing === '' ? undefined : { missing };
  return { missing: missing || 'No list was found that holds what is meant.' };
}

const textFor = ({ lead, tail }: Plural, title: string): string =>
  foldText(`${lead.replace(/\b(?:both|all|the)\s*$/iu, '').trim()} “${title}”${tail}`);

/** "The holiday pictures" may be what one of the entries is called. */
const isName = (phrase: string, { views }: RulesContext): boolean => {
  const words = wordsOf(phrase).filter((word) => !FUNCTION_WORDS.has(word));
  return views.some((view) =>
    rowsOf(view).some((row) => words.every((word) => row.stems.has(word) || row.stems.has(stem(word)))),
  );
};

/** Nothing is said of them but what they are. */
const isBare = (phrase: string, context: RulesContext): boolean =>
  conditionsOf(phrase, context.views[0]).length === 0;

/** "Clear completed", "Delete all" do it at once. */
const hasControlForAll = (part: IntentPart, { views }: RulesContext): boolean =>
  views.some((view) =>
    view.nodes.some((node) => {
      const words = stemsOf(nameOf(node));
      return (
        node.role === 'button' &&
        isUsable(node) &&
        words.some((word) => word === 'all' || word === 'everyth') &&
        words.some((word) => sameMeaning(word, part.act === 'delete' ? 'delet' : part.verb))
      );
    }),
  );

type Found = { titles: string[] } | { missing: string } | undefined;

function rowsMeant(plural: Plural, part: IntentPart, view: PageView): Found {
  const rows = rowsOf(view).filter((row) => row.title !== '');
  if (plural.kind === 'names') return named(plural.phrase, rows, part);
  if (plural.kind === 'most') {
    const first = firstByExtreme(part, view)?.slice(0, plural.count);
    return first === undefined || first.length < (plural.count ?? 2)
      ? undefined
      : { titles: first.map(({ title }) => title) };
  }
  const [list = []] = listsOf(rows.filter((row) => controlFor(row, part) || isSelf(row, part)));
  const whole = rows.filter((row) => list.some((one) => one.list === row.list));
  if (whole.length === 0) return undefined;
  const conditions = conditionsOf(plural.phrase, view);
  const meant = whole.filter((row) => conditions.every((word) => holds(row, word, whole)));
  const excepted = plural.except === undefined ? [] : exceptedFrom(plural.except, meant);
  if (excepted === undefined)
    return { missing: `Nothing is called “${shorten(plural.except ?? '', 40)}”, which is to be left out.` };
  const left = meant.filter((row) => !excepted.includes(row));
  const open = left.filter((row) => controlFor(row, part) !== undefined);
  if (open.length === 0)
    return {
      missing:
        meant.length === 0 && conditions.length > 0
          ? `Nothing in the list is said to be “${conditions.join(' ')}”.`
          : 'None of them offers what is asked for.',
    };
  const titles = open.map(({ title }) => title);
  return new Set(titles).size < titles.length
    ? { missing: 'Several of them are called the same.' }
    : { titles };
}

const controlFor = (row: Row, part: IntentPart): unknown => {
  if (part.act === 'move') return row;
  const control = controlIn(row, { ...part, quoted: [row.title] });
  const isDone = part.act === 'mark' || part.act === 'choose';
  return isDone && control?.checked === true ? undefined : control;
};

/** A row whose box is ticked already belongs to the list as well. */
const isSelf = (row: Row, part: IntentPart): boolean =>
  (part.act === 'mark' || part.act === 'choose') && row.members.some(({ checked }) => checked !== undefined);

/** Rows by their names, each by a whole one or by all of its words; the whole list of names must not be one name. */
function named(phrase: string, rows: readonly Row[], part: IntentPart): Found {
  const names = listedNames(phrase.replace(/^(?:both|the|die|les|los|las)\s+/iu, '')).map((name) =>
    name
      .replace(/^["“„«'‘]|["”“»'’]$/gu, '')
      .replace(/^(?:the|die|der|das|le|la|les|el|los|las|il)\s+/iu, ''),
  );
  if (names.length < 2 || rows.some((row) => row.title.toLowerCase() === phrase.toLowerCase()))
    return undefined;
  const found = names.map((name) => rowCalled(name, rows, part));
  if (found.every((row) => row === undefined)) return undefined;
  const missing = names.find((_, at) => found[at] === undefined);
  if (missing !== undefined) return { missing: `Nothing on the page is called “${shorten(missing, 40)}”.` };
  const titles = found.flatMap((row) => (row === undefined ? [] : [row.title]));
  return new Set(titles).size < titles.length ? undefined : { titles };
}

function rowCalled(name: string, rows: readonly Row[], part: IntentPart): Row | undefined {
  const lower = foldText(name).toLowerCase();
  const exact = rows.filter((row) => row.title.toLowerCase() === lower);
  const words = contentOf(name);
  const holding =
    words.length === 0
      ? []
      : rows.filter((row) => words.every((word) => row.stems.has(word) || row.stems.has(stem(word))));
  const [only, ...others] = exact.length > 0 ? exact : holding;
  const offering = [only, ...others].filter(
    (row) => row !== undefined && controlFor(row, part) !== undefined,
  );
  return others.length === 0 ? only : offering.length === 1 ? offering[0] : undefined;
}

const contentOf = (text: string): string[] =>
  wordsOf(text).filter(
    (word) => !FUNCTION_WORDS.has(word) && !STRUCTURE_WORDS.has(word) && !isCommonNoun(word),
  );

/** Those that are left out; undefined when one of them is not there. */
function exceptedFrom(phrase: string, rows: readonly Row[]): Row[] | undefined {
  const names = listedNames(phrase.replace(/^["“„«]|["”“»]$/gu, ''));
  const found = names.map((name) => {
    const words = contentOf(name.replace(/["“”„«»]/gu, ''));
    const conditions = words.filter((word) => STATES.some((state) => state.test(word)));
    return words.length === 0
      ? []
      : rows.filter((row) =>
          conditions.length === words.length
            ? words.every((word) => holds(row, word, rows))
            : words.every((word) => saidIn(row).includes(stem(word))),
        );
  });
  return found.some((some) => some.length === 0) ? undefined : found.flat();
}

const GRAMMAR =
  /^(?:that|which|who|are|is|still|not|ones?|of|them|yet|have|has|been|already|currently|left|things?|sind|die|qui|sont|que|están|noch|schon)$/iu;
const UNDONE =
  /^(?:open|unfinished|incomplete|uncompleted|undone|active|remaining|outstanding|unticked|unchecked|todo|offene?n?|unerledigte?n?|ouverte?s?|abiert[ao]s?|pendientes?)$/iu;
const UNREAD = /^(?:unread|ungelesene?n?|unopened|non-lus?)$/iu;
const READ = /^(?:read|gelesene?n?|lus?)$/iu;
const STATES = [UNDONE, UNREAD, READ];

/** Words that say which of them, without nouns for what they all are. */
const conditionsOf = (phrase: string, view: PageView | undefined): string[] => {
  const of = stemsOf([view?.mainHeading()?.name ?? '', view?.snapshot.title ?? ''].join(' '));
  return wordsOf(phrase).filter(
    (word) =>
      !FUNCTION_WORDS.has(word) &&
      !STRUCTURE_WORDS.has(word) &&
      !STRUCTURE_WORDS.has(stem(word)) &&
      !GRAMMAR.test(word) &&
      !isCommonNoun(word) &&
      !of.some((one) => sameMeaning(one, stem(word))),
  );
};

/** What a row says, without what its buttons are called. */
const saidIn = (row: Row): string[] => {
  const labels = row.members
    .filter(({ role }) => ['button', 'link'].includes(role))
    .map(({ name }) => foldText(name));
  return stemsOf(
    labels.reduce((text, label) => (label === '' ? text : text.split(label).join(' ')), row.text),
  );
};

/** Whether a row is what a word says: its text says so, or its box does. */
function holds(row: Row, word: string, all: readonly Row[]): boolean {
  const says = (one: Row, what: string): boolean => saidIn(one).some((other) => other === stem(what));
  const boxOf = (one: Row): boolean | undefined =>
    one.members.find(({ role, checked }) => ['checkbox', 'switch'].includes(role) && checked !== undefined)
      ?.checked;
  if (all.some((one) => says(one, word))) return says(row, word);
  if (UNDONE.test(word) && boxOf(row) !== undefined) return boxOf(row) === false;
  if (isCompletion(stem(word)) && boxOf(row) !== undefined) return boxOf(row) === true;
  if (READ.test(word) && all.some((one) => says(one, 'unread'))) return !says(row, 'unread');
  if (UNREAD.test(word) && all.some((one) => says(one, 'new'))) return says(row, 'new');
  return saidIn(row).some((other) => sameMeaning(other, stem(word)));
}
