import { ADDS, EDITS, ENTERS_APP, REVEALS, THEMES } from '@showrunner/language';
import { isChrome } from '../chrome';
import { formsOf } from '../forms';
import { forbiddenKind, isDestructive } from '../forbidden';
import { itemsOf } from '../items';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { dayToChoose } from '../rules/calendar';
import { readable, spoken } from '../words';

const MAKES = {
  test: (name: string): boolean => ADDS.test(name) || /\b(write|start a|post a)\b|^\+$/i.test(name),
};
/** Tools for the app's developers that lie over its pages. */
const DEVELOPER = /\bdev ?tools\b/i;
/** What acts on something rather than leads somewhere: keys of players, editors, pagers. */
const ACTS =
  /^(previous|prev|next|play|pause|stop|shuffle|repeat|undo|redo|back|forward|zoom|bold|italic|underline|cancel|ok|save|close|add|create|new|delete|edit|remove|clear|reset|search|filter|sort|like|share|mute|copy|print|download|upload|start)\b/i;
/** A list of things to do that nothing says to be one. */
const MENU = /^(?:menu|options|tools|actions|filters?)$/i;
/** Places of an app, by the look of its navigation: how wide a side column, how high a top bar, how many entries. */
const PLACES = { column: 0.28, topPx: 130, least: 3, most: 7, groups: 6 };

/**
 * Controls that may reveal hidden parts of a page, most promising first: what makes something new, a menu of looks, an item's details.
 * Nothing that ends, destroys, pays, sends or leaves.
 */
export function openersOf(view: PageView, intent: string): Node[] {
  const forms = formsOf(view);
  const submits = new Set(forms.flatMap((form) => (form.button ? [form.button.index] : [])));
  const hasCreateForm = forms.some((form) => form.kind === 'create');
  const buttons = view.nodes.filter((node) => {
    const name = readable(node.name) || node.name.trim();
    return (
      ['button', 'tab', 'menuitem'].includes(node.role) &&
      isUsable(node) &&
      name !== '' &&
      !DEVELOPER.test(name) &&
      !submits.has(node.index) &&
      !isDestructive(name) &&
      forbiddenKind(name, intent) === undefined &&
      node.selected !== true
    );
  });
  const items = itemsOf(view);
  const inItem = (node: Node): boolean =>
    items.some((item) => view.ancestors(node).some((one) => one.index === item.node.index));
  const found = {
    enters: firstOf(buttons.filter((node) => ENTERS_APP.test(readable(node.name)))),
    // A form that stands open tells of what is made already; of one other thing a page may speak beside it.
    makes: buttons.filter((node) => MAKES.test(node.name) && !inItem(node)).slice(0, hasCreateForm ? 1 : 2),
    themes: buttons.filter(
      (node) => THEMES.test(node.name) && (node.popup !== undefined || node.expanded === false),
    ),
    details: firstOf([
      ...items.flatMap((item) =>
        buttons.filter((node) => readable(node.name) === item.title && node.role === 'button'),
      ),
      // A row or card that opens as a whole.
      ...items.flatMap(({ node }) =>
        (node.role === 'generic' || node.clickable === true) && node.name.trim() !== '' ? [node] : [],
      ),
    ]),
    edits: firstOf(
      items.flatMap((item) =>
        buttons.filter(
          (node) =>
            (EDITS.test(node.name) || /^(details|view|open)\b/i.test(readable(node.name))) &&
            view.ancestors(node).some((one) => one.index === item.node.index),
        ),
      ),
    ),
    // A day of a calendar that stands on the page: what is made on it may be asked for there.
    days: view.nodes.some(({ role }) => role === 'dialog') ? [] : (dayToChoose(view, undefined) ?? []),
    tabs: buttons.filter((node) => node.role === 'tab').slice(0, 2),
    shows: buttons
      .filter(
        (node) =>
          node.role === 'button' &&
          (REVEALS.test(node.name) || MENU.test(readable(node.name)) || node.popup === 'dialog') &&
          !inItem(node),
      )
      .slice(0, 2),
  };
  const ordered = [
    ...found.enters,
    ...found.makes,
    ...[found.days].flat(),
    ...found.details,
    ...found.themes.slice(0, 1),
    ...found.edits,
    ...found.shows,
    ...found.tabs,
  ];
  return [...new Map(ordered.map((node) => [node.index, node])).values()];
}

/**
 * Places of an app that leads around by buttons, or by entries that only look clickable: three or more of them beside each other in a side
 * column, a top bar or a landmark of navigation. The one that is open is left out.
 */
export function placesOf(view: PageView, intent: string): Node[] {
  const { width } = view.snapshot.viewport;
  const isEntry = (node: Node): boolean => {
    const name = readable(node.name);
    return (
      (['button', 'menuitem'].includes(node.role) || (node.clickable === true && node.role === 'listitem')) &&
      isUsable(node) &&
      node.popup === undefined &&
      node.expanded === undefined &&
      node.pressed === undefined &&
      /\p{L}/u.test(name) &&
      name.length <= 30 &&
      view.descendants(node).every((one) => one.role === 'img')
    );
  };
  const groups = new Map<string, Node[]>();
  for (const node of view.nodes.filter(isEntry)) {
    const own = view.inside(node, 'listitem');
    const parent = own && view.descendants(own).length <= 2 ? own.parent : node.parent;
    const stands = view.inside(node, 'navigation', 'complementary', 'menubar') !== undefined;
    const isAside = node.box.width > 0 && node.box.x + node.box.width <= width * PLACES.column;
    const isOnTop = node.box.height > 0 && node.box.y + node.box.height <= PLACES.topPx;
    if (!stands && !isAside && !isOnTop) continue;
    const key = `${parent} ${node.role}`;
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  // An archive or a start page stands among places; where most of a group says what it does, it leads nowhere.
  const leads = (group: readonly Node[]): number =>
    group.filter((node) => !ACTS.test(spoken(node.name))).length;
  const [largest = []] = [...groups.values()]
    .filter((group) => leads(group) >= PLACES.least && leads(group) * 2 > group.length)
    .map((group) => group.filter((node) => !ACTS.test(spoken(node.name)) || isListed(view, node)))
    .sort((a, b) => b.length - a.length);
  return largest
    .filter(
      (node) =>
        node.selected !== true &&
        node.current !== true &&
        forbiddenKind(readable(node.name), intent) === undefined,
    )
    .slice(0, PLACES.most);
}

const isListed = (view: PageView, node: Node): boolean =>
  view.inside(node, 'list', 'menu', 'navigation') !== undefined;

/** Groups of a side column that fold their links away: opened one after the other, they show the pages that a visit begins with. */
export function groupsOf(view: PageView): Node[] {
  const { width } = view.snapshot.viewport;
  const here = view.path.split(/[?#]/)[0] ?? '';
  return view
    .ofRole('link', 'button')
    .filter((node) => {
      const isAside = node.box.width > 0 && node.box.x + node.box.width <= width * PLACES.column;
      const leadsNowhere = node.role === 'link' && [here, `${here}#`, '#', ''].includes(node.href ?? here);
      return (
        isAside &&
        isUsable(node) &&
        node.popup === undefined &&
        (node.expanded === false || (node.expanded === undefined && leadsNowhere)) &&
        isChrome(view, node) &&
        /\p{L}{2}/u.test(readable(node.name)) &&
        !isDestructive(readable(node.name))
      );
    })
    .slice(0, PLACES.groups);
}

const firstOf = (nodes: readonly Node[]): Node[] => nodes.slice(0, 1);
