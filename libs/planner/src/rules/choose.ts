import { foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { CANCELS, CLOSES } from '@showrunner/language';
import { isChrome } from '../chrome';
import { isDestructive } from '../forbidden';
import { itemsOf } from '../items';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, isFreshOn, isPage, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { isBareVerb, sentence, shorten, spoken, withArticle } from '../words';
import { SAYS_WHAT } from './press';
import { pressing } from './press-candidate';

/** So many things of one name are things to choose from. */
const ALIKE = 3;
const LONGEST_NAME = 70;
const LONGEST_KIND = 30;
/** Signs and figures alone, as on keypads. */
const KEY = /^[\p{N}\p{P}\p{S}]{1,3}$/u;
const OPENS = /^(open|expand|add|show|toggle|more|read more|details|view|down|see)\b/i;
/** Names of what a control does: nothing to choose. */
const ACTS =
  /^(?:next|prev(?:ious)?|back|forward|up|down|left|right|close|open|toggle|more|menu|play|pause|stop|edit|delete|remove|search|send|share|copy|save|sort|filter|add|less|done)$/i;
/** Other rules show these, and say more of them. */
const KNOWN =
  /^(move|complete|done|finish|mark|like|up ?vote|vote|favou?rite|star|pin|save|follow|add to|start|approve|accept|publish|check|watch|bookmark|edit|rename)\b/i;

/**
 * One of several things that are alike: a seat, a card that turns, an answer that unfolds, a picture that grows. What it does is seen
 * when it is clicked, in rehearsal.
 */
export function chooseFeatures(context: RulesContext): Candidate[] {
  return context.views
    .filter((view) => isPage(context, view))
    .flatMap((view) => {
      const before = stepsTo(context, view);
      if (before === undefined) return [];
      return [...alike(context, view), ...ofItems(context, view), ...largeOnes(context, view)].map((one) =>
        startingWith(before, one),
      );
    });
}

/** The same on a place of the app, to which these steps lead. */
const startingWith = (before: readonly CandidateStep[], one: Candidate): Candidate => ({
  ...one,
  feature: { ...one.feature, steps: [...before, ...one.feature.steps] },
  variants: one.variants.map((steps) => [...before, ...steps]),
  score: one.score - 2 * before.length,
});

const isFree = (context: RulesContext, view: PageView, node: Node): boolean => {
  const name = spoken(node.name);
  return (
    isUsable(node) &&
    isFreshOn(context, view, node) &&
    node.popup === undefined &&
    node.expanded === undefined &&
    !isChrome(view, node) &&
    ![CANCELS, CLOSES].some((words) => words.test(name)) &&
    allowed(context, node.name) &&
    allowed(context, name) &&
    !isDestructive(name)
  );
};

/** Equal things without a row that would tell them apart: the first and the one after. */
function alike(context: RulesContext, view: PageView): Candidate[] {
  const groups = new Map<string, Node[]>();
  for (const node of view.ofRole('button', 'img')) {
    const name = spoken(node.name);
    if (node.role === 'img' && node.clickable !== true) continue;
    // A tooltip that explains a handle is no name of a thing.
    if (
      name.length < 2 ||
      name.length > LONGEST_KIND ||
      KEY.test(name) ||
      !isFree(context, view, node) ||
      KNOWN.test(name)
    )
      continue;
    groups.set(name, [...(groups.get(name) ?? []), node]);
  }
  const items = itemsOf(view);
  return [...groups].flatMap(([name, nodes]) => {
    const [first, second] = nodes.filter((node) => node.selected !== true && node.pressed !== true);
    const inItems = nodes.some((node) => itemOf(view, items, node) !== undefined);
    if (nodes.length < ALIKE || first === undefined || inItems) return [];
    // What a thing is begins with a small letter, what an icon does with a capital one.
    const isKind =
      !ACTS.test(name) &&
      /^\p{Ll}/u.test(nodes[0]?.name.trim() ?? '') &&
      nodes.some(({ index }) => view.snapshot.elements[index]?.role === 'generic');
    const thing = name.toLowerCase();
    if (!isKind) return [pressing({ view, nodes: [first], ...told(sentence(name)), score: 44 })];
    const title = `Choose ${withArticle(thing)}`;
    const one = pressing({ view, nodes: [first], ...told(title), score: 64, variety: 'choose' });
    if (second === undefined) return [one];
    const two = pressing({
      ...{ view, nodes: [first, second], title, captions: [title, `Choose another ${thing}`] },
      ...{ score: 66, variety: 'choose', description: 'The page follows each choice.' },
    });
    return [{ ...two, variants: [one.feature.steps] }];
  });
}

/** What the first entry of a list offers that no other rule knows. */
function ofItems(context: RulesContext, view: PageView): Candidate[] {
  const items = itemsOf(view);
  const isOffered = (node: Node): boolean =>
    ['button', 'generic'].includes(node.role) &&
    isFree(context, view, node) &&
    !KNOWN.test(spoken(node.name));
  for (const item of items) {
    const offered = view.descendants(item.node).filter(isOffered);
    // A state or a value that a row shows says nothing of what a press does; `More` alone mostly brings up a menu.
    const node = offered.find(
      ({ name }) =>
        spoken(name).length >= 2 &&
        !/^more$/i.test(spoken(name)) &&
        (SAYS_WHAT.test(spoken(name)) ||
          OPENS.test(spoken(name)) ||
          spoken(name).toLowerCase() === item.title.toLowerCase()),
    );
    if (node === undefined) continue;
    const name = spoken(node.name);
    const isOwn = name.toLowerCase() === item.title.toLowerCase();
    const opens = isOwn || OPENS.test(name);
    const title =
      isOwn || /^(open|expand|down|add)$/i.test(name)
        ? `Open “${shorten(item.title, 60)}”`
        : `${sentence(shorten(name, 40))} · ${shorten(item.title, 50)}`;
    return [pressing({ view, nodes: [node], ...told(title), score: opens ? 58 : 50, variety: 'entry' })];
  }
  return [];
}

/** Cards and pictures that can be clicked as a whole. */
function largeOnes(context: RulesContext, view: PageView): Candidate[] {
  const large = view.nodes.filter((node) => {
    const isPicture = node.role === 'img' && node.clickable === true;
    const isCard =
      node.role === 'generic' ||
      (node.clickable === true && ['listitem', 'article', 'figure', 'cell'].includes(node.role));
    const words = foldText(node.name || (node.text ?? ''));
    return (
      (isPicture || isCard) &&
      isFree(context, view, node) &&
      node.draggable !== true &&
      (isPicture || /\p{L}{2}/u.test(words)) &&
      !view
        .descendants(node)
        .some((one) => ['button', 'link', 'textbox', 'checkbox', 'combobox'].includes(one.role))
    );
  });
  const first = large.find(
    ({ current, selected, name, role }) =>
      current !== true && selected !== true && (role === 'img' || !isBareVerb(name)),
  );
  if (first === undefined) return [];
  const noun = first.role === 'img' ? 'picture' : 'card';
  const pressed = (node: Node): Candidate => {
    const words = shorten(calledOf(view, node), 40);
    const isNamed = words !== '' && words.length <= LONGEST_NAME;
    const title = isNamed
      ? `Open “${words}”`
      : large.length > 1
        ? `Open the first ${noun}`
        : `Click the ${noun}`;
    return pressing({ view, nodes: [node], ...told(title), score: 56, variety: 'card' });
  };
  const one = pressed(first);
  // The first may be what is shown already, although nothing says so: then another one shows what a click does.
  const next =
    first.role === 'img'
      ? undefined
      : large.find((node) => node !== first && node.parent === first.parent && node.role === first.role);
  return next === undefined ? [one] : [one, { ...pressed(next), score: 55, insteadOf: one.feature.id }];
}

/** What a card says first that is a name: letters on a round picture are none, nor what the picture beside them repeats. */
function calledOf(view: PageView, node: Node): string {
  const whole = spoken(node.name || (node.text ?? ''));
  const parts = (node.parts ?? []).map((part) => spoken(part)).filter((part) => /\p{L}{2}/u.test(part));
  if (parts.length < 2) return whole;
  return parts.find((part) => part.length > 2 && view.shows(part)) ?? whole;
}

const told = (title: string): { title: string; captions: string[] } => ({ title, captions: [title] });

const itemOf = (view: PageView, items: ReturnType<typeof itemsOf>, node: Node): Node | undefined =>
  items.find(({ node: item }) => view.ancestors(node).some((one) => one.index === item.index))?.node;
