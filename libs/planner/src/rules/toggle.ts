import { foldText } from '@showrunner/contracts';
import type { Candidate, Condition } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { formsOf } from '../forms';
import { isDestructive } from '../forbidden';
import { itemsOf } from '../items';
import { isUsable, labelOf } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, focusFirst, isFreshOn, isPage, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, sentence, shorten, spoken, turningOn } from '../words';

const THEME = /\b(dark|light|night|day (mode|theme)|theme|appearance|colou?r (mode|scheme))\b/i;
const ITEM_ACTION =
  /\b(move|complete|done|finish|mark|like|up ?vote|vote|favou?rite|star|pin|save|follow|add to|start|approve|accept|publish|check|watch|bookmark)\b|^[♥❤★☆👍]/iu;

/** Things that switch: the theme, a completed item, a setting, an action on one of many items. */
export function toggleFeatures(context: RulesContext): Candidate[] {
  const { views } = context;
  // One act on one item tells it; the same on another page tells nothing new.
  return [
    ...views.flatMap((view) => themes(context, view)),
    ...views.flatMap((view) => checks(context, view)).slice(0, 2),
    ...views.flatMap((view) => itemActions(context, view)).slice(0, 1),
  ];
}

function themes(context: RulesContext, view: PageView): Candidate[] {
  const before = stepsTo(context, view);
  const last = view.page.revealedBy[view.page.revealedBy.length - 1];
  const inThemeMenu = last !== undefined && THEME.test(last.name);
  if (before === undefined || (!isPage(context, view) && !inThemeMenu)) return [];
  const node = view.nodes.find((one) => {
    if (!isUsable(one) || one.checked === true || one.pressed === true) return false;
    if (!inThemeMenu && !isFreshOn(context, view, one)) return false;
    if (inThemeMenu)
      return (
        ['menuitem', 'menuitemradio', 'option', 'radio', 'button'].includes(one.role) &&
        /\b(dark|night)\b/i.test(one.name) &&
        one.name !== last.name
      );
    return (
      ['button', 'switch', 'checkbox'].includes(one.role) &&
      (THEME.test(spoken(one.name)) || /^(toggle|mode|☀|🌙)$/iu.test(one.name.trim())) &&
      one.name.length <= 40 &&
      one.popup === undefined
    );
  });
  if (!node) return [];
  const dark =
    /\blight\b/i.test(node.name) && !/\b(dark|night|toggle|switch|theme)\b/i.test(node.name)
      ? 'light'
      : 'dark';
  const named = /\b(dark|light|night)\b/i.test(node.name);
  const caption = named ? `Switch to ${dark} mode` : 'Switch the theme';
  return [
    candidate({
      kind: 'toggle',
      title: caption,
      description: 'The whole app changes its look.',
      startPath: view.path,
      // That the switch has moved is not enough.
      steps: [...before, click(view.targetOf(node), caption, { kind: 'themeChanged' })],
      score: 59 - 2 * before.length,
      words: ['theme dark light mode switch toggle appearance', node.name],
      needsSignIn: view.page.signedIn,
    }),
  ];
}

/** A checkbox or switch that is off and is no part of a form that makes something. */
function checks(context: RulesContext, view: PageView): Candidate[] {
  const before = stepsTo(context, view);
  if (before === undefined) return [];
  const inForms = new Set(
    formsOf(view)
      .filter((form) => form.kind === 'create' || form.kind === 'signIn' || form.kind === 'register')
      .flatMap((form) => form.fields.map((field) => field.index)),
  );
  const items = focusFirst(context, itemsOf(view, 1));
  const itemOf = (node: Node): (typeof items)[number] | undefined =>
    items.find(
      (one) =>
        view.ancestors(node).some((ancestor) => ancestor.index === one.node.index) &&
        isOfEntry(node, one.title),
    );
  const rank = (node: Node): number => {
    const item = itemOf(node);
    return item === undefined ? items.length : items.indexOf(item);
  };
  const nodes = view.ofRole('checkbox', 'switch').filter((node) => {
    const label = readable(node.name);
    return (
      node.checked === false &&
      isUsable(node) &&
      !inForms.has(node.index) &&
      // What nobody can name is not shown.
      (itemOf(node) !== undefined || /[\p{L}\p{N}]/u.test(label)) &&
      !/\b(all|agree|terms|remember)\b/i.test(label) &&
      !THEME.test(label) &&
      // Marking one of many for a later action shows nothing unless it is known which.
      (itemOf(node) !== undefined || !/^select\b/i.test(label)) &&
      (itemOf(node) !== undefined || allowed(context, label))
    );
  });
  return [...nodes]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 1)
    .map((node) => {
      const target = view.targetOf(node);
      const item = itemOf(node);
      const name = shorten(item?.title ?? readable(node.name), 50);
      const selects = view.inside(node, 'row') !== undefined || /^select\b/i.test(node.name);
      // A row that opens when it is pressed has a box to choose it for something else.
      const isPressed = item !== undefined && ['button', 'link'].includes(item.node.role);
      const title =
        item && node.role !== 'switch'
          ? selects || isPressed
            ? `Select “${name}”`
            : `Complete “${name}”`
          : isOneOfMany(view, node)
            ? `Tick “${name}”`
            : turningOn(name);
      return candidate({
        kind: 'toggle',
        title,
        description: item ? 'One click, and it is done.' : 'It takes effect at once.',
        startPath: view.path,
        steps: [
          ...before,
          {
            ...click(target, title, { kind: 'state', target, state: 'checked', equals: true }),
            // A box beside a list may leave a part of it.
            ...(item ? {} : { mayGo: itemsOf(view).map((one) => one.title) }),
          },
        ],
        score: (selects || isPressed ? 40 : item ? 72 : 58) - 3 * before.length,
        words: ['toggle check complete done finish tick mark turn on switch', node.name, name],
        needsSignIn: view.page.signedIn,
      });
    });
}

const TICKS = /^(select|choose|mark|check|tick|complete|completed|done|finish|finished|toggle|on|active)\b/i;
/** Whether a box says nothing of its own: what is called otherwise than the entry that it stands in is a setting in it. */
const isOfEntry = ({ name }: Node, title: string): boolean => {
  const own = readable(name).toLowerCase();
  const entry = title.toLowerCase();
  return !/\p{L}/u.test(own) || TICKS.test(own) || own.includes(entry) || entry.includes(own);
};

const MANY = 3;
/** A box to tick among like ones: tasks, choices. What is turned on stands alone. */
const isOneOfMany = (view: PageView, node: Node): boolean =>
  node.role === 'checkbox' && view.ofRole('checkbox').filter(({ name }) => name.trim() !== '').length >= MANY;

/** A button on one of many items: move, like, complete. What changes is learned in rehearsal. */
function itemActions(context: RulesContext, view: PageView): Candidate[] {
  const before = stepsTo(context, view);
  if (before === undefined) return [];
  const found = focusFirst(context, itemsOf(view, 1)).flatMap((item) =>
    view
      .descendants(item.node)
      .filter(
        (node) =>
          node.role === 'button' &&
          // A handle is taken hold of, and not pressed.
          node.draggable !== true &&
          isUsable(node) &&
          ITEM_ACTION.test(labelOf(node)) &&
          node.popup === undefined &&
          // Named after the entry, it says nothing of what it does.
          foldText(node.name) !== item.title,
      )
      .filter((node) => !isDestructive(labelOf(node)) && allowed(context, labelOf(node)))
      .map((node) => ({ item, node })),
  );
  return found.slice(0, 1).map(({ item, node }) => {
    const name = spoken(labelOf(node));
    const ownName = name.toLowerCase().includes(item.title.toLowerCase());
    const title = ownName ? sentence(name) : `${sentence(name || 'Like')} · ${shorten(item.title, 50)}`;
    const success: Condition =
      node.pressed === false
        ? { kind: 'state', target: view.targetOf(node), state: 'pressed', equals: true }
        : { kind: 'elementHidden', target: view.targetOf(node) };
    return candidate({
      kind: 'toggle',
      title: shorten(title, 110),
      description: 'The page follows at once.',
      startPath: view.path,
      steps: [...before, click(view.targetOf(node), shorten(title, 150), success, true)],
      score: 70 - 3 * before.length,
      words: ['move change mark complete like', name, item.title],
      needsSignIn: view.page.signedIn,
    });
  });
}
