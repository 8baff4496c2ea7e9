import { foldText, textIsVisible } from '@showrunner/contracts';
import type { Asked, PageSnapshot } from '@showrunner/contracts';
import { rowsOf } from '../intent/rows';
import type { Row } from '../intent/rows';
import { isTextField, PageView } from '../page-view';

/** Why what was written does not stand where it was to go; undefined when nothing says so. */
export function unlikeWritten(
  { text, to, own }: Extract<Asked, { kind: 'written' }>,
  start: PageSnapshot,
  before: PageSnapshot,
  after: PageSnapshot,
): string | undefined {
  if (after.elements.some((one) => isTextField(one) && foldText(one.value) === text))
    return `“${text}” still stands in the field, and is not sent`;
  if (!textIsVisible(after, text)) return `“${text}” is not on the page afterwards`;
  const times = (page: PageSnapshot): number => foldText(page.text).split(text).length - 1;
  if (times(after) <= times(before) && times(after) <= times(start))
    return `“${text}” stands on the page no more often than before`;
  if (to === '') return undefined;
  const rows = rowsIn(after);
  const had = rowsIn(start).concat(rowsIn(before));
  const isTo = (row: Row): boolean => row.title === to || row.title.startsWith(to);
  const meant = rows.find(isTo);
  if (own && meant?.text.includes(text) !== true) return `“${text}” does not stand with “${to}”`;
  const lists = new Set([meant, ...had.filter(isTo)].flatMap((row) => (row ? [row.node.role] : [])));
  const other = rows.find(
    (row) =>
      !isTo(row) &&
      row.text.includes(text) &&
      !row.title.includes(text) &&
      lists.has(row.node.role) &&
      !row.members.some((one) => one.index === meant?.node.index) &&
      had.some((one) => one.title === row.title && !one.text.includes(text)),
  );
  return other === undefined ? undefined : `“${text}” stands with “${other.title}”`;
}

const rowsIn = (page: PageSnapshot): Row[] => rowsOf(PageView.of(page));
