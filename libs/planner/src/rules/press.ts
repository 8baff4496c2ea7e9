import { foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { CANCELS, CLOSES, REVEALS, SEARCHES, SUBMITS, THEMES } from '@showrunner/language';
import { isChrome } from '../chrome';
import { placesOf } from '../explore/openers';
import { isDestructive } from '../forbidden';
import { formsOf } from '../forms';
import type { Form } from '../forms';
import { itemsOf } from '../items';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, isFreshOn, isPage, leadsToPlace, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { isBareVerb, sentence, shorten, spoken } from '../words';
import { PLAYS } from './play';
import { sortsOut } from './filter';
import { pressing } from './press-candidate';
import { NEXT } from './turn-page';

const LONGEST_NAME = 40;
const MOST_WORDS = 3;
/** Buttons beside each other that belong together: kinds to choose from, or the keys of one instrument. */
const CHOICE = 3;
const MOST_OF_A_GROUP = 2;
const MOST_OF_A_PAGE = 6;

/** What a button says that it does, as an imperative a person can follow. */
export const SAYS_WHAT =
  /^(add|analy[sz]e|apply|archive|ask|bookmark|bump|calculate|change|check|choose|click|compare|compute|convert|count|create|deal|decrease|decrement|double|draw|expand|explore|find|fill|flip|focus|follow|generate|get|give|go|guess|halve|hide|highlight|increase|increment|inspire|invert|jump|launch|learn|like|listen|load|lower|make|mark|mirror|mix|move|mute|next|open|pause|pick|pin|play|preview|raise|random(ize)?|rate|react|read|refresh|reload|repeat|replay|resume|reveal|reverse|roll|rotate|run|scramble|see|select|show|shuffle|simulate|skip|solve|sort|spin|split|star|start|step|stop|surprise|swap|switch|tell|test|toggle|translate|try|turn|undo|update|use|view|visit|vote|watch|water|zoom)\b/i;
/** Keys of a keypad and the like: one alone tells nothing. */
const KEY = /^[\p{N}\p{P}\p{S}]{1,3}$/u;
/** What leads around on a small window, or folds the column at the side. */
const MENU = /^(menu|(open|show|toggle|close) (the )?(menu|navigation|nav|sidebar|side ?bar))$/i;
const GOES_BACK = /^(back|previous|prev|home|menu|skip to|top)\b/i;
/** Counts down, loses what there is, or needs something first. */
const DULL = /^(decrease|decrement|reset|stop|pause|lower|undo|redo|hide|less|ok|yes|no)\b/i;

/**
 * Buttons that no other rule knows: what one does is seen when it is pressed, in rehearsal. Those that say what they do come first; of
 * several beside each other that name kinds, one is chosen.
 */
export function pressFeatures(context: RulesContext): Candidate[] {
  return context.views
    .filter((view) => isPage(context, view))
    .flatMap((view) => {
      const before = stepsTo(context, view);
      return before === undefined ? [] : onPage(context, view, before);
    });
}

function onPage(context: RulesContext, view: PageView, before: readonly CandidateStep[]): Candidate[] {
  const forms = formsOf(view);
  const inForms = new Set(forms.flatMap((form) => (form.button ? [form.button.index] : [])));
  const isOfForm = (node: Node): boolean =>
    forms.some(({ container }) => container !== undefined && container.index === view.groupOf(node)?.index);
  const items = itemsOf(view);
  const listed = placesOf(view, context.intent).filter((node) =>
    view.inside(node, 'list', 'menu', 'navigation'),
  );
  const places = new Set(listed.map(({ index }) => index));
  const plays = view.ofRole('video', 'audio').length > 0;
  const isOfItem = (node: Node): boolean =>
    items.some(({ node: item }) => view.ancestors(node).some((one) => one.index === item.index));
  const isPressable = (node: Node): boolean => {
    const name = spoken(node.name);
    return (
      name.length >= 2 &&
      name.length <= LONGEST_NAME &&
      // What was made is opened, whatever its name says.
      !(context.focus !== undefined && name.includes(context.focus)) &&
      node.draggable !== true &&
      !KEY.test(name) &&
      !(isBareVerb(name) && REVEALS.test(name)) &&
      isUsable(node) &&
      node.popup === undefined &&
      node.expanded === undefined &&
      node.pressed === undefined &&
      node.selected !== true &&
      !isChrome(view, node) &&
      // Where it leads is shown as a page.
      !leadsToPlace(context, view, node) &&
      !places.has(node.index) &&
      isFreshOn(context, view, node) &&
      !(items.length > 0 && NEXT.test(name)) &&
      !GOES_BACK.test(name) &&
      // Whether it plays is what the film or sound says.
      !(plays && PLAYS.test(name)) &&
      ![CANCELS, CLOSES, SEARCHES, THEMES].some((words) => words.test(name)) &&
      allowed(context, name) &&
      allowed(context, node.name) &&
      !isDestructive(name) &&
      // Equal ones cannot be told apart by what they say.
      view.ofRole(node.role).filter((other) => foldText(other.name) === foldText(node.name)).length === 1
    );
  };
  // What stands in a form or an entry belongs to it, and which entries a button leaves is what a filter has to show.
  const buttons = view
    .ofRole('button', 'tab', 'menuitem')
    .filter((node) => !inForms.has(node.index) && !isOfForm(node) && !isOfItem(node) && isPressable(node))
    .filter((node) => sortsOut(items, spoken(node.name)) === undefined);
  const ready = forms
    .filter(isReady)
    .flatMap(({ button, fields }) => (button && isPressable(button) ? [{ button, fields }] : []));
  const groups = groupedBy(view, buttons);
  const { length } = before;
  return [
    ...[...groups.values()].flatMap((group) => ofGroup(view, group, before)),
    // What takes more changes more: it comes after what only asks.
    ...ready.map(({ button, fields }) => {
      const title = sentence(shorten(spoken(button.name), 60));
      return press(view, button, title, 52 - Math.min(fields.length, 3), before);
    }),
    ...(length === 0 ? menuOf(view) : []),
  ]
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_OF_A_PAGE);
}

/** A form that its page has filled in already, as examples are: it is sent off as it stands. */
const isReady = ({ kind, fields }: Form): boolean =>
  ['other', 'create', 'numbers'].includes(kind) &&
  fields.length > 0 &&
  fields.every(({ value }) => value !== undefined && value !== '');

/** Of one parent, and of one kind: buttons do not belong to the boxes beside them. */
function groupedBy(view: PageView, nodes: readonly Node[]): Map<string, Node[]> {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const key = `${node.parent} ${view.snapshot.elements[node.index]?.role ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return groups;
}

function ofGroup(view: PageView, group: readonly Node[], before: readonly CandidateStep[]): Candidate[] {
  const says = group.filter((node) => saysWhat(spoken(node.name)) && !isPictureAlone(view, node));
  if (says.length === 0 && group.length >= CHOICE) {
    // The first of them is what is shown already.
    const [chosen, next] = group.filter((node, at) => at > 0 && node.current !== true);
    if (chosen === undefined) return [];
    const title = `Choose “${shorten(spoken(chosen.name), 40)}”`;
    const one = press(view, chosen, title, 50, before);
    if (next === undefined) return [one];
    const captions = [title, `Choose “${shorten(spoken(next.name), 40)}”`];
    const both = pressing({ view, before, nodes: [chosen, next], title, captions, score: 50 });
    return [{ ...both, variants: [one.feature.steps] }];
  }
  const scored = says.map((node) => {
    const name = spoken(node.name);
    return { node, score: DULL.test(name) ? 40 : REVEALS.test(name) ? 48 : 52 };
  });
  return [...scored]
    .sort((one, other) => other.score - one.score)
    .slice(0, group.length > CHOICE ? 2 * MOST_OF_A_GROUP : MOST_OF_A_GROUP)
    .map(({ node, score }) => press(view, node, sentence(shorten(spoken(node.name), 60)), score, before));
}

/**
 * A drawn control that is called after the file of its picture, or the sign on it, and by no word of the page: what it would do, and to what, nobody
 * reads there. Those that play are known by their signs.
 */
const isPictureAlone = (view: PageView, node: Node): boolean =>
  view.snapshot.elements[node.index]?.role === 'generic' &&
  (node.parts ?? []).length === 0 &&
  !spoken(node.name).includes(' ') &&
  !PLAYS.test(spoken(node.name)) &&
  !wordsIn(view.snapshot.text).includes(spoken(node.name).toLowerCase());

const wordsIn = (text: string): string[] => [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)].map(String);

/** Long names that hold such a word somewhere are those of things: of a film that is called after a post. */
const saysWhat = (name: string): boolean =>
  SAYS_WHAT.test(name) || (SUBMITS.test(name) && name.split(' ').length <= MOST_WORDS);

const press = (
  view: PageView,
  node: Node,
  title: string,
  score: number,
  before: readonly CandidateStep[] = [],
): Candidate => pressing({ view, before, nodes: [node], title, captions: [title], score });

/** The button that brings the navigation in. */
function menuOf(view: PageView): Candidate[] {
  const node = view
    .ofRole('button')
    .find((one) => isUsable(one) && one.expanded === undefined && MENU.test(spoken(one.name)));
  return node === undefined ? [] : [press(view, node, 'Open the menu', 42)];
}
