import { foldText } from '@showrunner/contracts';
import type { Node, PageNodes } from './node';

const LANDMARKS = ['navigation', 'banner', 'contentinfo', 'menu', 'menubar', 'toolbar', 'tablist', 'listbox'];
/** A badge or count beside the name of an entry. */
const LONGEST_BADGE = 4;
const LONGEST_NAME = 40;
/** Share of the window's width up to which a column of links stands beside the content. */
const NARROW = 0.25;
const TOP_PX = 90;
/** Fewer boxes with a link each may be cards. */
const FEWEST_DRAWN = 3;

/**
 * Lists that lead around the site or choose what is shown, by their indices, although no landmark says so: nothing but short links, and
 * these stand in a side column or top bar, or all lead to the page itself in another state.
 */
export function menuLists(view: Omit<PageNodes, 'menus'>): Set<number> {
  const found = view.ofRole('list').filter((list) => {
    const links = bareLinks(view, list);
    if (links === undefined) return false;
    const narrow = list.box.width > 0 && list.box.width <= view.snapshot.viewport.width * NARROW;
    const top = list.box.height > 0 && list.box.y + list.box.height <= TOP_PX;
    return narrow || top || links.every((link) => isSameDocument(view, link));
  });
  return new Set([...found.map((list) => list.index), ...drawnMenus(view)]);
}

/** Entries of a side column that is drawn of boxes: each holds one short link at most, and most of them one. */
function drawnMenus(view: Omit<PageNodes, 'menus'>): number[] {
  const { width } = view.snapshot.viewport;
  const groups = new Map<number, Node[]>();
  for (const entry of view.ofRole('entry')) {
    const isAside =
      entry.box.width > 0 &&
      (entry.box.x + entry.box.width <= width * NARROW || entry.box.x >= width * (1 - NARROW));
    if (isAside) groups.set(entry.parent, [...(groups.get(entry.parent) ?? []), entry]);
  }
  return [...groups.values()].flatMap((entries) => {
    const links = entries.filter((entry) => {
      const inner = view.descendants(entry).filter(({ role }) => role === 'link' || role === 'button');
      const [link] = inner;
      return inner.length === 1 && link !== undefined && isBareIn(view, entry, link);
    });
    return links.length >= FEWEST_DRAWN && links.length * 2 > entries.length
      ? entries.map(({ index }) => index)
      : [];
  });
}

const isBareIn = (view: Omit<PageNodes, 'menus'>, entry: Node, link: Node): boolean => {
  const name = foldText(link.name);
  return view.textOf(entry).length - name.length <= LONGEST_BADGE && name.length <= LONGEST_NAME;
};

/** Adds to every view's menus the lists of links that other pages show as well. */
export function findRepeatedMenus(views: readonly PageNodes[]): void {
  const shownOn = new Map<string, Set<string>>();
  const lists = views.flatMap((view) =>
    view.ofRole('list').flatMap((list) => {
      const links = bareLinks(view, list);
      if (links === undefined) return [];
      const signature = links.map((link) => `${link.href ?? ''} ${foldText(link.name)}`).join('\n');
      shownOn.set(signature, (shownOn.get(signature) ?? new Set()).add(view.path));
      return [{ view, list, signature }];
    }),
  );
  for (const { view, list, signature } of lists)
    if ((shownOn.get(signature)?.size ?? 0) > 1) view.menus.add(list.index);
}

/** Part of what surrounds the content: landmarks of navigation, and menus. */
export const isChrome = (view: PageNodes, node: Node): boolean =>
  view.menus.has(node.index) ||
  view
    .ancestors(node)
    .some(
      (one) => (LANDMARKS.includes(one.role) && !contentOf(view).has(one.index)) || view.menus.has(one.index),
    );

const contents = new WeakMap<PageNodes, ReadonlySet<number>>();
/** Landmarks of navigation that hold a list whose entries each offer more than one thing, as some libraries call any list that can be pressed. */
function contentOf(view: PageNodes): ReadonlySet<number> {
  const known = contents.get(view);
  if (known !== undefined) return known;
  const offers = new Map<number, number>();
  for (const node of view.ofRole('button', 'checkbox', 'switch')) {
    const row = view.ancestors(node).find(({ role }) => role === 'listitem' || role === 'entry');
    if (row !== undefined) offers.set(row.index, (offers.get(row.index) ?? 0) + 1);
  }
  const rich = view.ofRole('listitem', 'entry').filter(({ index }) => (offers.get(index) ?? 0) >= 2);
  const found = view
    .ofRole('navigation')
    .filter(
      ({ index }) => rich.filter((row) => view.ancestors(row).some((one) => one.index === index)).length >= 2,
    );
  const indices = new Set(found.map(({ index }) => index));
  contents.set(view, indices);
  return indices;
}

/** The links (or folding buttons) of a list that holds nothing else, two at least; undefined for any other list. */
function bareLinks(view: Omit<PageNodes, 'menus'>, list: Node): Node[] | undefined {
  const items = view.ofRole('listitem').filter((item) => item.parent === list.index);
  const links = items.flatMap((item) => {
    const [link] = view
      .descendants(item)
      .filter((one) => one.role === 'link' || (one.role === 'button' && one.expanded !== undefined));
    if (link === undefined) return [];
    const name = foldText(link.name);
    const isBare = view.textOf(item).length - name.length <= LONGEST_BADGE || link.expanded === true;
    return isBare && name.length <= LONGEST_NAME ? [link] : [];
  });
  return items.length >= 2 && links.length === items.length && links.some((link) => link.role === 'link')
    ? links
    : undefined;
}

const isSameDocument = (view: Pick<PageNodes, 'path'>, { href }: Node): boolean =>
  href !== undefined && href.split(/[?#]/)[0] === view.path.split(/[?#]/)[0];
