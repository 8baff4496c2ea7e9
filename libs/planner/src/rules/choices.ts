import { findTargets, foldText } from '@showrunner/contracts';
import type { CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { click } from '../candidate';
import { isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { readable, shorten } from '../words';

/** What was opened is a list of choices, of which one is taken. */
export const CHOOSE_OPTION = 'choose-option';
/** What was typed has brought suggestions, of which one is taken; followed by what was typed. */
export const TAKE_SUGGESTION = 'take-suggestion';

const OPTION_ROLES = ['option', 'menuitemradio', 'menuitem', 'treeitem'];
const PLAIN_ROLES = ['generic', 'listitem', 'button', 'entry'];
const NO_CHOICE = /^(-+|–|—|select|choose|pick|please|none|no results?|no matches|loading|clear)\b/i;
const LONGEST = 80;

/** Takes one of the choices that came with the last step: one that holds the words, else the first real one. */
export function choiceSteps(
  page: PageSnapshot,
  before: PageSnapshot | undefined,
  words = '',
): CandidateStep[] {
  const view = PageView.of(page);
  const offered = choicesOn(view, before);
  const holding = offered.find((node) => foldText(node.name).toLowerCase().includes(words.toLowerCase()));
  const choice = holding ?? offered[0];
  if (choice === undefined) return [];
  const target = view.targetOf(choice);
  const shown = `Choose ${shorten(readable(choice.name), 40)}`;
  return [click(target, shown, { kind: 'count', role: choice.role, change: 'fewer' }, true)];
}

/** What can be chosen now and could not be before; without roles, the short things to click that came. */
export function choicesOn(view: PageView, before: PageSnapshot | undefined): Node[] {
  const fresh = view.nodes.filter(
    (node) =>
      isUsable(node) &&
      node.selected !== true &&
      readable(node.name) !== '' &&
      node.name.length <= LONGEST &&
      !NO_CHOICE.test(readable(node.name)) &&
      (before === undefined || isFresh(node, before)),
  );
  const options = fresh.filter((node) => OPTION_ROLES.includes(node.role));
  if (options.length > 0) return options;
  // What holds the choices has their words, and is none of them; what is new may hold what is not.
  const isPlain = ({ role }: Node): boolean => PLAIN_ROLES.includes(role);
  const plain = fresh.filter((node) => isPlain(node) && !view.descendants(node).some(isPlain));
  return plain.length >= 2 ? plain.filter((node) => node.role === plain[0]?.role) : [];
}

const isFresh = (node: Node, before: PageSnapshot): boolean =>
  findTargets(before.elements, { role: node.role, name: foldText(node.name), exact: true }).length === 0;
