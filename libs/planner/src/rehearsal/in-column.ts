import { textIsVisible } from '@showrunner/contracts';
import type { Asked, PageSnapshot } from '@showrunner/contracts';
import { cardsOf, columnsOfCard } from '../board-cards';
import { columnsOfThing } from '../boards';
import { PageView } from '../page-view';

/** Why a card does not stand where it was to go, and nowhere else, with all others where they were; undefined when it does. */
export function unlikeColumn(
  { title, heading }: Extract<Asked, { kind: 'column' }>,
  start: PageSnapshot,
  after: PageSnapshot,
): string | undefined {
  const [was, is] = [start, after].map((page) => PageView.of(page));
  if (was === undefined || is === undefined) return undefined;
  const columns = columnsOfThing(is, title);
  const [only, ...others] = columns;
  if (only === undefined) return `“${title}” stands in no column afterwards`;
  if (others.length > 0 || only.toLowerCase() !== heading.toLowerCase())
    return `“${title}” stands in “${columns.join('” and “')}”, not in “${heading}” alone`;
  if (columnsOfCard(is, title).length > Math.max(1, columnsOfCard(was, title).length))
    return `“${title}” stands there twice`;
  const had = cardsOf(was);
  for (const { title: other } of had) {
    if (other.includes(title) || title.includes(other) || had.filter((one) => one.title === other).length > 1)
      continue;
    if (!textIsVisible(after, other)) return `“${other}” is gone`;
    const [before, now] = [columnsOfCard(was, other), columnsOfCard(is, other)];
    if (now.length > 0 && now.join('\n') !== before.join('\n')) return `“${other}” has been moved, too`;
  }
  return undefined;
}
