import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click, step } from '../candidate';
import { itemsOf } from '../items';
import type { Item } from '../items';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, shorten } from '../words';

const SORTS = /\b(sort|order)(ed|ing)?\b/i;
/** Words of a choice that orders by something. */
const BY =
  /\b(name|title|price|date|newest|oldest|cheapest|rating|popular(ity)?|size|a ?[-–—] ?z|low to high|high to low|ascending|descending|alphabetical(ly)?)\b/i;
const MOST_COLUMNS = 3;

/** Another order of the same things: by a column's header, a select or a button. Proven by two that have changed places. */
export function sortFeatures(context: RulesContext): Candidate[] {
  return context.views
    .flatMap((view) => {
      const before = stepsTo(context, view);
      const items = itemsOf(view);
      if (before === undefined || items.length < 2) return [];
      const made = byHeader(view) ?? bySelect(view, items) ?? byButton(context, view, items);
      if (made === undefined) return [];
      const [first, ...others] = made.ways.map((way) => [
        ...before,
        { ...way, ordered: items.map((item) => item.title), needsEffect: true } satisfies CandidateStep,
      ]);
      if (first === undefined) return [];
      return [
        candidate({
          kind: 'filter',
          variety: 'sort',
          title: made.title,
          description: 'The same things in another order.',
          startPath: view.path,
          steps: first,
          variants: others,
          score: 76 - 3 * before.length,
          words: ['sort order by column rank', made.title],
          needsSignIn: view.page.signedIn,
        }),
      ];
    })
    .slice(0, 1);
}

interface Sorting {
  title: string;
  /** Tried in turn: the first one that changes the order is shown. */
  ways: CandidateStep[];
}

/** Headers that can be clicked: those of the first columns, since a column may be in order already. */
function byHeader(view: PageView): Sorting | undefined {
  // A box that ticks all rows heads no column of anything.
  const headers = view
    .ofRole('columnheader')
    .filter(
      (node) =>
        /\p{L}{2}/u.test(nameOf(node)) && !view.descendants(node).some(({ role }) => role === 'checkbox'),
    );
  const ways = headers.flatMap((header) => {
    const inner = view.descendants(header).find((one) => ['button', 'link', 'generic'].includes(one.role));
    const isSortable = header.sort !== undefined || inner !== undefined || header.clickable === true;
    return isSortable && isUsable(header) ? [{ header, node: inner ?? header }] : [];
  });
  const first = ways[0];
  if (first === undefined) return undefined;
  // One title for all ways: which column will do is known when it was tried.
  return {
    title: 'Sort the table',
    ways: ways.slice(0, MOST_COLUMNS).map(({ header, node }) => {
      const caption = `Sort by ${shorten(nameOf(header), 40)}`;
      return click(view.targetOf(node), caption, { kind: 'elementHidden', target: view.targetOf(node) });
    }),
  };
}

const nameOf = (header: Node): string =>
  readable(header.name)
    .replace(/[▲▼↑↓⇅△▽]/g, '')
    .replace(/\s+sorted (?:ascending|descending)$/i, '')
    // What some tables tell screen readers of the column.
    .replace(/\s*:\s.*\b(sort|order|column|ascending|descending)\b.*$/i, '')
    .trim()
    .toLowerCase()
    // A header that holds a button of this name says both.
    .replace(/^(.+?)\s+sort by \1$/u, '$1')
    .replace(/^sort by /u, '');

function bySelect(view: PageView, items: readonly Item[]): Sorting | undefined {
  const select = view
    .ofRole('combobox', 'listbox')
    .find(
      (node) =>
        isUsable(node) &&
        (node.options?.length ?? 0) >= 2 &&
        (SORTS.test(node.name) || (node.options ?? []).filter((one) => BY.test(one)).length >= 2) &&
        !inItem(view, node, items),
    );
  const options = select?.options?.filter((one) => one !== select.value && one.trim() !== '') ?? [];
  const option = options[0];
  if (select === undefined || option === undefined) return undefined;
  const target = view.targetOf(select);
  return {
    title: `Sort by ${shorten(option.replace(/^(sort )?by /i, ''), 40).toLowerCase()}`,
    ways: [
      step({ type: 'select', target, option }, `Sort by ${shorten(option, 40)}`, {
        kind: 'value',
        target,
        equals: option,
      }),
    ],
  };
}

function byButton(context: RulesContext, view: PageView, items: readonly Item[]): Sorting | undefined {
  const button = view
    .ofRole('button')
    .find(
      (node) =>
        isUsable(node) &&
        SORTS.test(node.name) &&
        node.popup === undefined &&
        allowed(context, node.name) &&
        !inItem(view, node, items),
    );
  if (button === undefined) return undefined;
  const target = view.targetOf(button);
  const title = shorten(readable(button.name), 60);
  return { title, ways: [click(target, title, { kind: 'elementHidden', target })] };
}

const inItem = (view: PageView, node: Node, items: readonly Item[]): boolean =>
  items.some((item) => view.ancestors(node).some((one) => one.index === item.node.index));
