import { foldText, textIsVisible } from '@showrunner/contracts';
import type { Asked, PageSnapshot } from '@showrunner/contracts';
import { namesMoment, namesOther } from '../intent/moments';
import { rowsOf } from '../intent/rows';
import type { Row } from '../intent/rows';
import { choicesOn } from '../rules/choices';
import { steppersOf } from '../steppers';
import { PageView } from '../page-view';
import { rowLooks } from '../tell-apart';
import { wordsOf } from '../words';
import { unlikeColumn } from './in-column';
import { insertedText } from './inserted-text';
import { standsInOrder } from './list-order';
import { unlikeMade } from './made-as-asked';
import { unlikeWritten } from './written-as-asked';

/** The pages that a step is held against. */
export interface Looks {
  /** Before the step, and before what had to be opened for it. */
  start: PageSnapshot;
  before: PageSnapshot;
  after: PageSnapshot;
}

/** Why what a step has brought about is not what was asked for; undefined when nothing says so. */
export function unlikeAsked(asks: Asked | undefined, looks: Looks): string | undefined {
  switch (asks?.kind) {
    case undefined:
      return undefined;
    case 'row':
      return unlikeRow(asks, looks);
    case 'order':
      return standsInOrder(looks.after, asks) ? undefined : orderSaid(asks);
    case 'renamed':
      return unlikeRenamed(asks, looks);
    case 'amount':
      return unlikeAmount(asks, looks);
    case 'chosen':
      return unlikeChosen(asks.value, looks);
    case 'moment':
      return unlikeMoment(asks, looks);
    case 'restored':
      return textIsVisible(looks.after, asks.title) ? undefined : `“${asks.title}” is not there again`;
    case 'made':
      return unlikeMade(asks, looks);
    case 'column':
      return unlikeColumn(asks, looks.start, looks.after);
    case 'found':
      return unlikeFound(asks.text, looks);
    case 'written':
      return unlikeWritten(asks, looks.start, looks.before, looks.after);
  }
}

const orderSaid = ({ falling }: Extract<Asked, { kind: 'order' }>): string =>
  falling === undefined
    ? 'the entries do not stand in the order that was asked for'
    : `the entries do not stand in the ${falling ? 'descending' : 'ascending'} order that was asked for`;

/** What came with the step or with what was opened for it. */
const newlySaid = ({ start, before, after }: Looks): string =>
  [insertedText(before, after), start === before ? '' : insertedText(start, after)].join(' \u0000 ');

function unlikeAmount(
  { title, amount }: Extract<Asked, { kind: 'amount' }>,
  { before, after }: Looks,
): string | undefined {
  const numbersOf = (page: PageSnapshot): { title: string; amount: number }[] =>
    steppersOf(PageView.of(page)).map((one) => ({ title: one.row?.title ?? '', amount: one.amount }));
  const [had, has] = [numbersOf(before), numbersOf(after)];
  const own = has.find((one) => one.title === title);
  // At nothing an entry may go, or its number with it.
  if (own === undefined && amount > 0) return `“${title}” has no number afterwards`;
  if (own !== undefined && own.amount !== amount)
    return `${title === '' ? 'the number' : `“${title}”`} is ${own.amount} afterwards, not ${amount}`;
  const other = has.find(
    (one) => one.title !== title && had.some((was) => was.title === one.title && was.amount !== one.amount),
  );
  return other === undefined ? undefined : `the number of “${other.title}” has changed, too`;
}

const NOTHING =
  /\b(?:no (?:\p{L}+ ){0,2}(?:results?|match(?:es|ing)?|found)|nothing (?:was )?found|no (?:results?|matches)|not found|0 \p{L}+|keine (?:\p{L}+ )?(?:Treffer|Ergebnisse|gefunden)|nichts gefunden|aucun(?:e)? \p{L}+|ning[uú]n(?:a)? \p{L}+|sin resultados|nessun(?:a)? \p{L}+|nenhum(?:a)? \p{L}+|geen \p{L}+)|لا توجد|見つかりません|没有找到|未找到/iu;

/** An empty list, or a page that says that there is nothing. */
function unlikeFound(text: string, { before, after }: Looks): string | undefined {
  const [had, has] = [rowsOf(PageView.of(before)), rowsOf(PageView.of(after))];
  const words = wordsOf(text);
  if (has.some((row) => words.every((word) => wordsOf(row.text).includes(word)))) return undefined;
  // One alone is no list, and may be just what was looked for.
  const isThere = foldText(after.text).toLowerCase().includes(foldText(text).toLowerCase());
  const isEmpty = had.length > 0 && has.length === 0 && !isThere;
  return isEmpty || NOTHING.test(insertedText(before, after)) ? `nothing is found for “${text}”` : undefined;
}

function unlikeChosen(value: string, { start, before, after }: Looks): string | undefined {
  const said = wordsOf(insertedText(start, after));
  if (!wordsOf(value).every((word) => said.includes(word))) return `it does not say “${value}” afterwards`;
  const isMarked = after.elements.some(
    ({ name, selected, checked, pressed }) =>
      foldText(name).toLowerCase() === value.toLowerCase() && (selected ?? checked ?? pressed) === true,
  );
  const stays = choicesOn(PageView.of(before), start).some(
    ({ name }) =>
      foldText(name).toLowerCase() !== value.toLowerCase() &&
      textIsVisible(after, name) &&
      !textIsVisible(start, name),
  );
  return stays && !isMarked ? 'the list is still open, and does not say what was chosen' : undefined;
}

/** What fields hold now and did not. */
const newValues = (before: PageSnapshot, after: PageSnapshot): string[] => {
  const had = new Set(before.elements.map(({ value }) => value));
  return after.elements.flatMap(({ value, readonly }) =>
    readonly === true && !had.has(value) ? [value] : [],
  );
};

function unlikeMoment(
  asks: Extract<Asked, { kind: 'moment' }>,
  { start, before, after }: Looks,
): string | undefined {
  const said = [insertedText(before, after), ...newValues(before, after)].join(' \u0000 ');
  if (namesOther(said, asks)) return 'the page names another day or time';
  if (!asks.said || namesMoment(insertedText(start, after), asks)) return undefined;
  const isMarked = after.elements.some(
    ({ name, selected, checked, pressed }) =>
      (selected ?? checked ?? pressed) === true && namesMoment(name, asks),
  );
  return isMarked ? undefined : 'the page does not name the day and the time that were asked for';
}

/** Headings that came, whole: of `Person 004` in the place of `Person 001` only the end is new text. */
function newHeadings(before: PageSnapshot, after: PageSnapshot): string[] {
  const headingsOf = (page: PageSnapshot): string[] =>
    page.elements.filter(({ role }) => role === 'heading').map(({ name }) => name);
  const known = new Set(headingsOf(before));
  return headingsOf(after).filter((name) => !known.has(name));
}

function unlikeRenamed(
  { text, instead }: Extract<Asked, { kind: 'renamed' }>,
  { start, after }: Looks,
): string | undefined {
  if (!textIsVisible(after, text)) return `“${text}” is not on the page afterwards`;
  if (!textIsVisible(start, instead) || text.includes(instead)) return undefined;
  const times = (page: PageSnapshot): number => foldText(page.text).split(foldText(instead)).length - 1;
  return times(after) < times(start) ? undefined : `“${instead}” is still called so`;
}

/** Title of another entry, which was there and stays. */
export const neighbourOf = (before: PageSnapshot, after: PageSnapshot, title: string): string | undefined =>
  rowsOf(PageView.of(before)).find(
    (row) => !row.text.includes(title) && textIsVisible(before, row.title) && textIsVisible(after, row.title),
  )?.title;

interface Change {
  row: Row;
  isGone: boolean;
  /** Words that it shows now and did not. */
  gained: string[];
  isOther: boolean;
}

function unlikeRow({ title, effect }: Extract<Asked, { kind: 'row' }>, looks: Looks): string | undefined {
  const { start, before, after } = looks;
  const isMoved = start.path.split(/[?#]/)[0] !== after.path.split(/[?#]/)[0];
  const changes = changesOf(start, after, title);
  const own = changes.filter(({ row }) => isCalled(row, title));
  const others = changes.filter(({ row }) => !row.text.includes(title));
  const isGone = own.length > 0 && own.every((one) => one.isGone);
  const lost = others.find((one) => one.isGone);
  if (effect === 'opens') {
    const said = [newlySaid(looks), ...newHeadings(before, after)].join(' \u0000 ');
    const named = others.find(({ row }) => said.includes(row.title))?.row.title;
    const isOwn = own.some(
      ({ row }) => said.includes(title) || partsOf(row).some((part) => said.includes(part)),
    );
    return named !== undefined && !isOwn && !isMoved ? `“${named}” has opened` : undefined;
  }
  if (isMoved || own.length === 0) return undefined;
  if (effect === 'edited') {
    if (lost !== undefined) return `“${lost.row.title}” is gone`;
    const isCopied =
      own.every(({ isOther }) => !isOther) &&
      rowsOf(PageView.of(after)).length > rowsOf(PageView.of(start)).length;
    return isCopied ? `“${title}” stands there as before, and another entry has come` : undefined;
  }
  if (effect === 'goes') {
    if (lost !== undefined && !isMoved) return `“${lost.row.title}” is gone${isGone ? ', too' : ' instead'}`;
    return undefined;
  }
  const isChanged =
    isGone ||
    (own.some((one) => one.isOther) &&
      changesOf(before, after, title).some((one) => isCalled(one.row, title) && (one.isOther || one.isGone)));
  if (lost !== undefined && effect === 'changes')
    return `“${lost.row.title}” is gone${isGone ? ', too' : ''}`;
  const touched = others.filter(({ isOther }) => isOther);
  if (!isChanged) {
    const [other] = touched;
    if (other !== undefined && effect === 'changes') return `“${other.row.title}” has changed instead`;
    return effect === 'changes' ? `nothing has changed about “${title}”` : undefined;
  }
  const alike = touched.find(({ gained }) =>
    gained.some((word) => /\p{L}/u.test(word) && own.some((one) => one.gained.includes(word))),
  );
  return alike === undefined || effect === 'about'
    ? undefined
    : `“${alike.row.title}” has changed in the same way`;
}

/** A sign may stand before the title: a star, a bullet. */
export const isCalled = (row: Pick<Row, 'title' | 'text'>, title: string): boolean =>
  row.title === title ||
  row.text.replace(/^[^\p{L}\p{N}]+/u, '').startsWith(title.replace(/^[^\p{L}\p{N}]+/u, ''));

const partsOf = ({ node, members }: Row): string[] =>
  [...(node.parts ?? []), ...members.map(({ name }) => foldText(name))].filter((part) => part.length >= 4);

/** What became of each row of a page, those around others left out. */
function changesOf(start: PageSnapshot, end: PageSnapshot, title: string): Change[] {
  const [was, is] = [start, end].map((page) => innermost(rowsOf(PageView.of(page)), title));
  return (was ?? []).map((row): Change => {
    const nth = (was ?? []).filter((one) => one.title === row.title).indexOf(row);
    const now =
      (is ?? []).filter((one) => one.title === row.title)[nth] ??
      // What it is called may be all that it says.
      (is ?? []).filter((one) => one.text.startsWith(row.title))[nth];
    if (now === undefined) {
      const isGone = !textIsVisible(end, row.title);
      return { row, isGone, gained: [], isOther: true };
    }
    const element = (page: PageSnapshot, { node }: Row): (typeof page.elements)[number] | undefined =>
      page.elements[node.index];
    const [then, later] = [element(start, row), element(end, now)];
    const isOther =
      then !== undefined &&
      later !== undefined &&
      rowLooks(start.elements, then) !== rowLooks(end.elements, later);
    const had = new Set(wordsOf(looksIn(row)));
    return { row, isGone: false, gained: wordsOf(looksIn(now)).filter((word) => !had.has(word)), isOther };
  });
}

/** Everything that can be read in it, with the states of its controls as words. */
const looksIn = ({ text, members }: Row): string =>
  [
    text,
    ...members.map(({ name, value, checked, pressed, selected }) =>
      [name, value, checked ? 'checked' : '', pressed ? 'pressed' : '', selected ? 'selected' : ''].join(' '),
    ),
  ].join(' ');

/** Of rows within others the inner ones: what a whole list says changes with each of them. */
function innermost(rows: readonly Row[], title: string): Row[] {
  const around = new Set(
    rows.flatMap((outer) =>
      rows.some(
        (inner) =>
          inner !== outer &&
          outer.members.some((one) => one.index === inner.node.index) &&
          inner.text !== outer.text &&
          (inner.text.includes(title) || !outer.text.includes(title)),
      )
        ? [outer.node.index]
        : [],
    ),
  );
  return rows.filter(({ node }) => !around.has(node.index));
}
