import { findTargets, foldText, textIsVisible } from '@showrunner/contracts';
import type { CandidateStep, PageElement, PageSnapshot, Target } from '@showrunner/contracts';
import { itemsOf } from '../items';
import { newText } from '../learn';
import { PageView } from '../page-view';
import { anotherChosen, misfiltered, onlyPressed } from './contradictions';
import { nothingNew } from './new-entries';

/** Share of what a filter or a search leaves out that has to go. */
const MOSTLY = 0.5;
/** Entries of a list from which its order can be told from chance. */
const FEW = 3;
const SORTS = /^sort(s|ed|ing)?\b/i;

/**
 * Why what a step was to bring about has not come about, although its condition may hold: a filter that leaves what it is to leave out, an order
 * that is none, a tab or a folded part that only looks open. Undefined when nothing of that kind speaks against it.
 */
export function counterEvidence(
  step: CandidateStep,
  before: PageSnapshot,
  after: PageSnapshot,
): string | undefined {
  const { action, caption, success, leavesOut = [], brings } = step;
  const against =
    nothingNew(step, before, after) ??
    misfiltered(step, before, after) ??
    anotherChosen(step, before, after) ??
    onlyPressed(step, before, after);
  if (against !== undefined) return against;
  const there = leavesOut.filter((text) => textIsVisible(before, text));
  const left = there.filter((text) => textIsVisible(after, text));
  if (there.length > 0 && left.length >= there.length * MOSTLY)
    return `the list still shows what it is to leave out: “${left[0] ?? ''}”`;
  if (brings !== undefined && !isBrought(brings, before, after))
    return `what came up does not show “${brings}”`;
  if (SORTS.test(caption) && before.path === after.path && isInDisorder(after))
    return 'the list is in no order of anything that its entries say';
  if (success.kind === 'state' && success.equals && action.type === 'click')
    return onlyLooksOpen(success.state, success.target, before, after)
      ? 'it only looks open: nothing else on the page has changed'
      : undefined;
  return undefined;
}

/** Whether a text stands on another page, or once more on the same one, or alone on what has come in the place of a list that held it among others. */
function isBrought(text: string, before: PageSnapshot, after: PageSnapshot): boolean {
  const times = (page: PageSnapshot): number => foldText(page.text).split(foldText(text)).length - 1;
  if (before.path !== after.path || times(after) > times(before)) return times(after) > 0;
  const others = itemsOf(PageView.of(before)).filter((item) => !item.text.includes(text));
  const gone = others.filter(({ title }) => !textIsVisible(after, title));
  return times(after) > 0 && gone.length * 2 > others.length && !IS_EMPTY.test(newText(before, after));
}

/** Things that are only offered stand below an empty cart, too. */
const IS_EMPTY =
  /(?<!\p{L})(?:empty|nothing (?:here|in)|no items|leer|vide|vac[ií][oa]|vuot[oa]|vazi[oa]|leeg)(?!\p{L})|空|فارغة|فارغ/iu;

/** Whether the state of a tab or of what folds is all that a page shows otherwise than before. */
function onlyLooksOpen(
  state: 'checked' | 'pressed' | 'expanded' | 'selected',
  target: Target,
  before: PageSnapshot,
  after: PageSnapshot,
): boolean {
  const isTab = ['tab', 'button', 'generic', 'link'].includes(target.role);
  if (state !== 'expanded' && !(state === 'selected' && isTab)) return false;
  if (before.path !== after.path || newText(before, after) !== '') return false;
  if (foldText(before.text) !== foldText(after.text)) return false;
  const own = findTargets(after.elements, target)[0];
  const looks = (page: PageSnapshot): string =>
    page.elements
      .filter((one) => one !== own && !hasName(one, target))
      // A button that can be pressed now is a change, too: a choice was made.
      .map(({ role, name, value, picture, disabled }) => [role, name, value, picture, disabled].join(' '))
      .join('\n');
  return looks(before) === looks(after);
}

const hasName = (element: PageElement, target: Target): boolean =>
  element.role === target.role && foldText(element.name) === foldText(target.name);

/** Whether the entries of a list stand in no order: neither of their titles nor of any word, number or cell that each has. */
function isInDisorder(page: PageSnapshot): boolean {
  const view = PageView.of(page);
  const items = itemsOf(view);
  if (items.length < FEW) return false;
  const cells = items.map(({ node }) =>
    view
      .descendants(node)
      .filter(({ role }) => ['cell', 'gridcell', 'rowheader', 'heading', 'link', 'time'].includes(role))
      .map(({ name }) => foldText(name)),
  );
  const words = items.map(({ text }) => foldText(text).split(' '));
  const numbers = items.map(({ text }) => text.match(/-?\d+(?:[.,]\d+)*/gu) ?? []);
  const keys = [
    items.map(({ title }) => title),
    ...columnsOf(cells),
    ...columnsOf(words).slice(0, 40),
    ...columnsOf(words.map((list) => [...list].reverse())).slice(0, 10),
    ...columnsOf(numbers),
  ];
  return !keys.some(isInOrder);
}

/** The n-th value of each row, as far as all rows have one. */
function columnsOf(rows: readonly (readonly string[])[]): string[][] {
  const width = Math.min(...rows.map(({ length }) => length));
  return Array.from({ length: width }, (_, at) => rows.map((row) => row[at] ?? ''));
}

/** Rising or falling, as numbers or dates where all are such, or else as words; what is the same everywhere is in no order. */
function isInOrder(values: readonly string[]): boolean {
  if (new Set(values).size < 2) return false;
  const read = [asNumber, Date.parse].map((parse) => values.map((value) => parse(value)));
  const compared = read.find((list) => list.every((one) => Number.isFinite(one)));
  const steps = values.slice(1).map((value, at) => {
    const earlier = values[at] ?? '';
    return compared === undefined
      ? value.localeCompare(earlier, undefined, { numeric: true, sensitivity: 'base' })
      : (compared[at + 1] ?? 0) - (compared[at] ?? 0);
  });
  return steps.every((one) => one >= 0) || steps.every((one) => one <= 0);
}

const asNumber = (text: string): number => {
  const digits = text.replace(/[^\d.,-]/g, '').replace(/[.,](?=\d{3}(?:\D|$))/g, '');
  return digits === '' ? Number.NaN : Number(digits.replace(',', '.'));
};
