import { foldText } from '@showrunner/contracts';
import type { Candidate, Condition } from '@showrunner/contracts';
import { CANCELS, CLOSES, REVEALS, SEARCHES, SUBMITS, THEMES } from '@showrunner/language';
import { candidate, click } from '../candidate';
import { isChrome } from '../chrome';
import { isDestructive } from '../forbidden';
import { formsOf } from '../forms';
import { itemsOf } from '../items';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, isLoaded } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, sentence, shorten } from '../words';

const LONGEST_NAME = 40;
/** Longer texts hold others in them. */
const LONGEST_SHOWN = 60;
/** Buttons beside each other that belong together: kinds to choose from, or the keys of one instrument. */
const CHOICE = 3;
const MOST_OF_A_GROUP = 2;
const MOST_OF_A_PAGE = 6;

/** What a button says that it does, as an imperative a person can follow. */
const SAYS_WHAT =
  /^(add|apply|ask|bump|calculate|change|check|choose|click|compare|compute|convert|count|create|deal|decrease|decrement|double|draw|expand|explore|find|flip|generate|get|give|go|guess|halve|hide|highlight|increase|increment|inspire|jump|launch|learn|like|listen|load|lower|make|mark|mix|move|next|open|pause|pick|play|preview|raise|random(ize)?|read|refresh|reload|repeat|replay|resume|reveal|reverse|roll|rotate|run|scramble|see|select|show|shuffle|simulate|skip|solve|sort|spin|split|start|step|stop|surprise|switch|tell|test|toggle|translate|try|turn|undo|update|use|view|visit|vote|watch|zoom)\b/i;
/** Keys of a keypad and the like: one alone tells nothing. */
const KEY = /^[\p{N}\p{P}\p{S}]{1,3}$/u;
const GOES_BACK = /^(back|previous|prev|home|menu|skip to|top)\b/i;
/** Counts down, loses what there is, or needs something first. */
const DULL = /^(decrease|decrement|reset|stop|pause|lower|undo|redo|hide|less|ok|yes|no)\b/i;

/**
 * Buttons that no other rule knows: what one does is seen when it is pressed, in rehearsal. Those that say what they do come first; of
 * several beside each other that name kinds, one is chosen.
 */
export function pressFeatures(context: RulesContext): Candidate[] {
  return context.views.filter((view) => isLoaded(view.page)).flatMap((view) => onPage(context, view));
}

function onPage(context: RulesContext, view: PageView): Candidate[] {
  const inForms = new Set(formsOf(view).flatMap((form) => (form.button ? [form.button.index] : [])));
  const items = itemsOf(view);
  const isOfItem = (node: Node): boolean =>
    items.some(({ node: item }) => view.ancestors(node).some((one) => one.index === item.index));
  const buttons = view.ofRole('button', 'tab', 'menuitem').filter((node) => {
    const name = readable(node.name);
    return (
      name.length >= 2 &&
      name.length <= LONGEST_NAME &&
      !KEY.test(name) &&
      isUsable(node) &&
      node.popup === undefined &&
      node.expanded === undefined &&
      node.pressed === undefined &&
      node.selected !== true &&
      !inForms.has(node.index) &&
      view.groupOf(node) === undefined &&
      !isChrome(view, node) &&
      !isOfItem(node) &&
      !GOES_BACK.test(name) &&
      ![CANCELS, CLOSES, SEARCHES, THEMES].some((words) => words.test(name)) &&
      allowed(context, node.name) &&
      !isDestructive(node.name) &&
      // Equal ones cannot be told apart by what they say.
      view.ofRole(node.role).filter((other) => foldText(other.name) === foldText(node.name)).length === 1
    );
  });
  const groups = groupedBy(buttons);
  return [...groups.values()]
    .flatMap((group) => ofGroup(view, group))
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_OF_A_PAGE);
}

function groupedBy(nodes: readonly Node[]): Map<number, Node[]> {
  const groups = new Map<number, Node[]>();
  for (const node of nodes) groups.set(node.parent, [...(groups.get(node.parent) ?? []), node]);
  return groups;
}

function ofGroup(view: PageView, group: readonly Node[]): Candidate[] {
  const says = group.filter(
    (node) => SAYS_WHAT.test(readable(node.name)) || SUBMITS.test(readable(node.name)),
  );
  if (says.length === 0 && group.length >= CHOICE) {
    // The first of them is what is shown already.
    const chosen = group.find((node, at) => at > 0 && node.current !== true);
    return chosen ? [press(view, chosen, `Choose “${shorten(readable(chosen.name), 40)}”`, 50)] : [];
  }
  const scored = says.map((node) => {
    const name = readable(node.name);
    return { node, score: DULL.test(name) ? 40 : REVEALS.test(name) ? 48 : 52 };
  });
  return [...scored]
    .sort((one, other) => other.score - one.score)
    .slice(0, group.length > CHOICE ? 2 * MOST_OF_A_GROUP : MOST_OF_A_GROUP)
    .map(({ node, score }) => press(view, node, sentence(shorten(readable(node.name), 60)), score));
}

function press(view: PageView, node: Node, caption: string, score: number): Candidate {
  const target = view.targetOf(node);
  // A guess that seldom holds: what the button does is not known before it was pressed.
  const guess: Condition = { kind: 'state', target, state: 'pressed', equals: true };
  const texts = view
    .ofRole('heading', 'listitem', 'cell')
    .map((one) => foldText(one.name === '' ? (one.text ?? '') : one.name))
    .filter((text) => text.length >= 3 && text.length <= LONGEST_SHOWN);
  const there = [...new Set(texts)].slice(0, 40);
  return candidate({
    kind: 'use',
    title: caption,
    description: 'One click shows what it does.',
    startPath: view.path,
    steps: [{ ...click(target, caption, guess, true), mayGo: there, ordered: there }],
    score,
    words: ['press click use', node.name],
    needsSignIn: view.page.signedIn,
  });
}
