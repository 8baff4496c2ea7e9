import { foldText } from '@showrunner/contracts';
import type { Node, PageView } from './page-view';

/** One of several like things on a page: a card, a row, an entry. */
export interface Item {
  node: Node;
  /** Short visible text that names the item, not shared with its siblings. */
  title: string;
  /** Everything the item shows. */
  text: string;
}

const ITEM_ROLES = ['listitem', 'row', 'article', 'figure', 'gridcell', 'treeitem'];
const CHROME = ['navigation', 'banner', 'contentinfo', 'menu', 'menubar', 'toolbar', 'tablist', 'listbox'];
const TITLE_ROLES = [
  'heading',
  'link',
  'rowheader',
  'button',
  'cell',
  'gridcell',
  'paragraph',
  'text',
  'strong',
  'label',
  'checkbox',
];
const LONGEST_TITLE = 80;

/**
 * Repeated things of the page, per list in document order; lists of fewer than two, and those of navigation, are left out.
 * Items whose titles equal another's are left out, too: they could not be told apart.
 */
export function itemsOf(view: PageView, atLeast = 2): Item[] {
  const items: Item[] = [];
  for (const role of ITEM_ROLES) {
    const nodes = view
      .ofRole(role)
      .filter((node) => view.inside(node, ...CHROME) === undefined && !isHeaderRow(view, node));
    const innermost = nodes.filter(
      (node) => !nodes.some((other) => other.index > node.index && isInside(view, other, node)),
    );
    for (const node of innermost) {
      const item = readItem(view, node);
      if (item && !items.some((one) => isInside(view, node, one.node))) items.push(item);
    }
    if (items.length >= atLeast) break;
  }
  if (items.length < atLeast) items.push(...headed(view));
  const unique = items.filter(
    (item) => items.filter((other) => other.title.toLowerCase() === item.title.toLowerCase()).length === 1,
  );
  return unique.length >= atLeast ? unique : [];
}

const isInside = (view: PageView, node: Node, outer: Node): boolean =>
  view.ancestors(node).some((one) => one.index === outer.index);

const isHeaderRow = (view: PageView, node: Node): boolean =>
  node.role === 'row' && view.descendants(node).some((one) => one.role === 'columnheader');

function readItem(view: PageView, node: Node): Item | undefined {
  const text = view.textOf(node);
  const inner = view.descendants(node);
  const named = TITLE_ROLES.flatMap((role) =>
    inner.filter((one) => one.role === role && isTitle(view, one.name)),
  );
  const title = named[0]?.name ?? longestVisibleRun(view, text);
  return title === ''
    ? undefined
    : { node, title: foldText(title), text: text === '' ? foldText(title) : text };
}

/** Names from content mix labels of buttons into what is to be read; the longest run of words that really stands on the page is the title. */
function longestVisibleRun(view: PageView, text: string): string {
  const words = foldText(text).split(' ').slice(0, 24);
  let best = '';
  for (let from = 0; from < words.length; from += 1) {
    for (let to = words.length; to > from; to -= 1) {
      const run = words.slice(from, to).join(' ');
      if (run.length <= best.length) break;
      if (isTitle(view, run)) {
        best = run;
        break;
      }
    }
  }
  return best;
}

const isTitle = (view: PageView, name: string): boolean => {
  const folded = foldText(name);
  return (
    folded.length >= 3 && folded.length <= LONGEST_TITLE && /\p{L}{2}/u.test(folded) && view.shows(folded)
  );
};

/** Cards without any role still have headings: those of the level that occurs most. */
function headed(view: PageView): Item[] {
  const headings = view
    .ofRole('heading')
    .filter(
      (node) =>
        (node.level ?? 1) >= 2 && isTitle(view, node.name) && view.inside(node, ...CHROME) === undefined,
    );
  const levels = [...new Set(headings.map((node) => node.level ?? 2))].sort();
  const groups = levels
    .map((level) => headings.filter((node) => (node.level ?? 2) === level))
    .filter((group) => group.length >= 3);
  const largest = [...groups].sort((a, b) => b.length - a.length)[0] ?? [];
  return largest.map((node) => ({ node, title: foldText(node.name), text: foldText(node.name) }));
}
