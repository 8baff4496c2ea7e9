import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, step } from '../candidate';
import { itemsOf } from '../items';
import type { Item } from '../items';
import { isField } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { shorten } from '../words';
import { asAsked } from './as-asked';
import type { Answers } from './act-on-row';
import { clickOn, isControl, nameOf, namingWords, optionLists } from './controls';
import { meantOn } from './meant';
import { showOnly } from './press';
import { STRUCTURE_WORDS } from './lexicon';
import { saysWord } from './meanings';
import type { IntentPart } from './read-intent';
import { listedNames } from './listed-names';

/** One of the things that a list is narrowed by: a control to click, or an option of a list to choose. */
interface Choice {
  node: Node;
  name: string;
  option?: string;
}

const BY = /^(?:(?:only|just|nur|solo|seulement)\s+)?(?:by|nach|par|por|per|op|حسب)\s+/iu;
const MOST = 4;

const namesIn = ({ object }: IntentPart): string[] =>
  listedNames(object.replace(BY, '').replace(/\s\+\s/gu, ' & '));

/** Whether a list is to be narrowed by several things at once: then by one of them alone it is not what was asked for. */
export const narrowsBySeveral = (part: IntentPart, context: RulesContext): boolean =>
  part.act === 'filter' && context.views.some((view) => choicesOn(view, part).length > 1);

/** "Filter by Oslo and full-time", "only red shirts in size M": each of them, one after the other, or nothing. */
export function narrowBySeveral(part: IntentPart, context: RulesContext): Answers {
  const names = namesIn(part);
  let reason = '';
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const choices = choicesOn(view, part);
    if (choices.length < Math.max(2, names.length)) {
      reason ||= `Nothing was found that would narrow by each of “${shorten(names.join('”, “'), 80)}”.`;
      return [];
    }
    if (!choices.every(({ node }) => allowed(context, node.name))) return [];
    return [
      candidate({
        kind: 'filter',
        title: showOnly(shorten(choices.map(({ name }) => name).join(', '), 80)),
        ...asAsked(view),
        steps: [...before, ...narrowing(view, choices)],
        score: 92 - 3 * before.length,
        words: choices.map(({ name }) => name),
        about: choices.at(-1)?.name,
      }),
    ];
  });
  return { candidates, reason: candidates.length > 0 ? '' : reason };
}

/** What the words choose on a page, each by a control of its own; one or none when they name one thing alone. */
function choicesOn(view: PageView, part: IntentPart): Choice[] {
  const phrase = part.object.replace(BY, '');
  const names = namesIn(part);
  // `Salt and vinegar` is one name.
  if (names.length > MOST || choiceOf(view, phrase) !== undefined) return [];
  const found =
    names.length > 1 ? names.flatMap((name) => choiceOf(view, name) ?? []) : optionsIn(view, phrase);
  return found.filter(({ node }, at) => found.findIndex((other) => other.node.index === node.index) === at);
}

/** The options of lists that a phrase without a joint names: `red shirts in size M`. Every other word says what the list is one of. */
function optionsIn(view: PageView, phrase: string): Choice[] {
  const words = namingWords(phrase).filter((word) => !STRUCTURE_WORDS.has(word));
  const choices = optionLists(view).flatMap((node): Choice[] => {
    const option = node.options?.find(
      (one) =>
        one !== node.value &&
        namingWords(one).length > 0 &&
        namingWords(one).every((word) => saysWord(phrase, word)),
    );
    return option === undefined ? [] : [{ node, name: option, option }];
  });
  const known = [
    ...choices.flatMap(({ node, name }) => [node.name, name]),
    ...view.ofRole('heading').map(({ name }) => name),
    view.snapshot.title,
  ].join(' ');
  return words.every((word) => saysWord(known, word)) ? choices : [];
}

/** Each step keeps what suits all that was chosen until then. */
function narrowing(view: PageView, choices: readonly Choice[]): CandidateStep[] {
  const items = itemsOf(view);
  return choices.map((choice, at) => {
    const kept = keptBy(items, choices.slice(0, at));
    const left = keptBy(kept, choices.slice(0, at + 1));
    const leavesOut = left.length > 0 ? kept.filter((item) => !left.includes(item)) : [];
    return {
      ...stepOf(view, choice),
      shown: kept.map(({ title }) => title),
      ...(leavesOut.length > 0 && { leavesOut: leavesOut.map(({ title }) => title) }),
    };
  });
}

function stepOf(view: PageView, { node, name, option }: Choice): CandidateStep {
  const target = view.targetOf(node);
  const title = showOnly(shorten(name, 40));
  return option === undefined
    ? clickOn(view, node, target, title)
    : step({ type: 'select', target, option }, title, { kind: 'value', target, equals: option });
}

const keptBy = (items: readonly Item[], choices: readonly Choice[]): Item[] =>
  items.filter(({ text }) =>
    choices.every(({ name }) => namingWords(name).every((word) => saysWord(text, word))),
  );

function choiceOf(view: PageView, name: string): Choice | undefined {
  for (const node of optionLists(view)) {
    const words = namingWords(name).filter((word) => !saysWord(node.name, word));
    const option = node.options?.find(
      (one) => one !== node.value && words.length > 0 && words.every((word) => saysWord(one, word)),
    );
    if (option !== undefined) return { node, name: option, option };
  }
  const named = meantOn(view, name, (node) => isControl(node) && node.role !== 'gridcell' && !isField(node));
  const isNamed = named && namingWords(name).every((word) => saysWord(nameOf(named), word));
  return isNamed ? { node: named, name: shorten(nameOf(named), 60) } : undefined;
}
