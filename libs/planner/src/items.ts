import { foldText } from '@showrunner/contracts';
import { isChrome } from './chrome';
import type { Node, PageView } from './page-view';
import { beforeNumbers } from './tell-apart';

/** One of several like things on a page: a card, a row, an entry. */
export interface Item {
  node: Node;
  /** Short visible text that names the item, not shared with its siblings. */
  title: string;
  /** Everything the item shows. */
  text: string;
}

/** What is written as an entry among others. */
export const ENTRY_ROLES: readonly string[] = ['listitem', 'row', 'article', 'treeitem', 'entry'];
const ITEM_ROLES = ['listitem', 'row', 'article', 'figure', 'gridcell', 'treeitem'];
const TITLE_ROLES = [
  'heading',
  'link',
  'rowheader',
  'cell',
  'gridcell',
  'button',
  'paragraph',
  'text',
  'strong',
  'label',
  'checkbox',
];
const ACTS =
  /^(mark|edit|delete|remove|move|add|open|view|show|hide|complete|finish|like|save|star|pin|archive|reply|share|copy|rename|follow|start|stop|play|more|details|done|undo|approve|accept|reject|assign|snooze|select|choose|buy|read)\b/i;
const OFFERS = new Set(['button', 'link', 'checkbox', 'switch', 'radio', 'generic']);
const LONGEST_TITLE = 80;
const LONGEST_RUN = 60;
const LONG_ENOUGH = 12;

/**
 * Repeated things of the page, per list in document order; lists of fewer than two, and those of navigation, are left out.
 * Items whose titles equal another's are left out, too: they could not be told apart.
 */
export function itemsOf(view: PageView, atLeast = 2): Item[] {
  const read: { node: Node; titles: string[]; text: string }[] = [];
  for (const role of ITEM_ROLES) {
    const nodes = view.ofRole(role).filter((node) => !isChrome(view, node) && !isHeaderRow(view, node));
    const innermost = nodes.filter(
      (node) => !nodes.some((other) => other.index > node.index && isInside(view, other, node)),
    );
    for (const node of innermost) {
      const titles = titlesOf(view, node);
      if (titles.length > 0 && !read.some((one) => isInside(view, node, one.node))) {
        read.push({ node, titles, text: view.textOf(node) });
      }
    }
    if (read.length >= atLeast) break;
  }
  if (read.length < atLeast) read.push(...drawnRows(view));
  if (read.length < atLeast) read.push(...headed(view));
  if (read.length < atLeast) read.push(...pictured(view));
  // What every item offers (`Delete`) names none of them.
  const times = new Map<string, number>();
  for (const title of read.flatMap((one) => [...new Set(one.titles.map(key))]))
    times.set(title, (times.get(title) ?? 0) + 1);
  const items = read.flatMap(({ node, titles, text }): Item[] => {
    const title = titles.find((one) => times.get(key(one)) === 1);
    return title === undefined ? [] : [{ node, title, text: text === '' ? title : text }];
  });
  return items.length >= atLeast ? items : [];
}

const key = (title: string): string => title.toLowerCase();

const isInside = (view: PageView, node: Node, outer: Node): boolean =>
  view.ancestors(node).some((one) => one.index === outer.index);

const isHeaderRow = (view: PageView, node: Node): boolean =>
  node.role === 'row' && view.descendants(node).some((one) => one.role === 'columnheader');

/** What stands in the parts of a row that is drawn of boxes. */
const partsOf = (view: PageView, { parts = [] }: Node): string[] =>
  parts.filter((part) => isTitle(view, part)).map((part) => foldText(part));

/** A node by its name, or, where a picture beside the words says the same as they do, by these alone. */
const titled = (view: PageView, node: Node): Node[] => {
  const name = foldText(node.name);
  const half = name.slice(0, (name.length - 1) / 2);
  const once = name === `${half} ${half}` ? half : name;
  return isTitle(view, once) ? [once === name ? node : { ...node, name: once }] : [];
};

/** What stands in the one field of a thing that takes no text before somebody asks to change it. */
function heldBy(inner: readonly Node[]): string[] {
  const held = inner.filter(
    ({ role, disabled, readonly, value }) =>
      role === 'textbox' && (disabled === true || readonly === true) && /\p{L}{2}/u.test(value),
  );
  return held.length === 1 ? held.map(({ value }) => foldText(value)) : [];
}

/** Names of what is inside, the most telling first; without any, a run of the visible words. */
function titlesOf(view: PageView, node: Node): string[] {
  const inner = view.descendants(node);
  const named = TITLE_ROLES.flatMap((role) =>
    inner.filter((one) => one.role === role).flatMap((one) => titled(view, one)),
  );
  // Labels of buttons stand in the text, too, but name nothing.
  const labels = inner.flatMap((one) =>
    one.role === 'button' && foldText(one.name) !== '' ? [foldText(one.name)] : [],
  );
  const text = labels.reduce((left, label) => left.split(label).join(' \u0000 '), view.textOf(node));
  const run = longestVisibleRun(view, text);
  const titles = [...heldBy(inner), ...named.map((one) => foldText(one.name)), ...partsOf(view, node)];
  if (run === '') return titles;
  const called = beforeNumbers(run);
  const runs = isTitle(view, called) ? [called, run] : [run];
  // A button that says what it does names the entry only when nothing else does.
  const offers = new Set(
    named.flatMap((one) => (one.role === 'button' && ACTS.test(one.name) ? [foldText(one.name)] : [])),
  );
  return [...titles.filter((one) => !offers.has(one)), ...runs, ...titles.filter((one) => offers.has(one))];
}

/**
 * Names from content mix labels of buttons into what is to be read; a run of words that really stands on the page is the title: the first
 * long enough one, or else the longest.
 */
function longestVisibleRun(view: PageView, text: string): string {
  const words = foldText(text).split(' ').slice(0, 24);
  let best = '';
  for (let from = 0; from < words.length && best.length < LONG_ENOUGH; from += 1) {
    for (let to = words.length; to > from; to -= 1) {
      const run = words.slice(from, to).join(' ');
      if (run.length <= best.length) break;
      if (run.length <= LONGEST_RUN && isTitle(view, run)) {
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

/**
 * Rows and cards without any role: those that are like each other, or three or more beside each other that can be clicked. Of several such
 * lists the one that offers something in its rows, then the one that takes most of the window.
 */
function drawnRows(view: PageView): { node: Node; titles: string[]; text: string }[] {
  const rows = view
    .ofRole('entry', 'generic', 'button', 'link')
    .filter(
      (node) =>
        !isChrome(view, node) &&
        /\p{L}{2}/u.test(node.name) &&
        !isBar(view, node) &&
        (['entry', 'generic'].includes(node.role) || isWholeRow(view, node)),
    );
  const groups = new Map<string, Node[]>();
  for (const row of rows) {
    const key = `${row.role} ${row.parent}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const offers = (group: readonly Node[]): boolean =>
    group.some((row) => row.role !== 'entry' || view.descendants(row).some((one) => OFFERS.has(one.role)));
  const area = (group: readonly Node[]): number =>
    group.reduce((sum, { box }) => sum + box.width * box.height, 0);
  const isInnermost = (group: readonly Node[]): boolean =>
    !rows.some((row) => !group.includes(row) && group.some((outer) => isInside(view, row, outer)));
  const [largest = []] = [...groups.values()]
    .filter((group) => group.length >= (group[0]?.role === 'entry' ? 2 : 3) && isInnermost(group))
    .sort((a, b) => Number(offers(b)) - Number(offers(a)) || area(b) - area(a) || b.length - a.length);
  return largest.flatMap((node) => {
    const titles = titlesOf(view, node);
    return titles.length > 0 ? [{ node, titles, text: view.textOf(node) }] : [];
  });
}

/** Buttons beside each other and nothing else: a bar of them is no thing of a list. */
const isBar = (view: PageView, node: Node): boolean => {
  const labels = view
    .descendants(node)
    .flatMap(({ role, name }) => (role === 'button' ? [foldText(name)] : []));
  const rest = labels.reduce((text, label) => text.replace(label, ' '), view.textOf(node));
  return labels.length >= 2 && !/\p{L}{2}/u.test(rest);
};

/** A row or card that is pressed as a whole: it has controls in it, or several texts. */
const isWholeRow = (view: PageView, node: Node): boolean =>
  view.descendants(node).some((one) => OFFERS.has(one.role)) ||
  (view.snapshot.elements[node.index]?.role === 'generic' && (node.parts?.length ?? 0) >= 2);

/** Cards without role and heading still have pictures: three or more, named by what stands beside them. */
function pictured(view: PageView): { node: Node; titles: string[]; text: string }[] {
  const pictures = view.ofRole('img').filter((node) => isTitle(view, node.name) && !isChrome(view, node));
  const found = pictures.map((node) => ({ node, titles: [foldText(node.name)], text: foldText(node.name) }));
  return found.length >= 3 ? found : [];
}

/** Cards without any role still have headings: those of the level that occurs most. */
function headed(view: PageView): { node: Node; titles: string[]; text: string }[] {
  const headings = view
    .ofRole('heading')
    .filter((node) => (node.level ?? 1) >= 2 && isTitle(view, node.name) && !isChrome(view, node));
  const levels = [...new Set(headings.map((node) => node.level ?? 2))].sort();
  const groups = levels
    .map((level) => headings.filter((node) => (node.level ?? 2) === level))
    .filter((group) => group.length >= 3);
  const largest = [...groups].sort((a, b) => b.length - a.length)[0] ?? [];
  return largest.map((node) => ({ node, titles: [foldText(node.name)], text: foldText(node.name) }));
}
