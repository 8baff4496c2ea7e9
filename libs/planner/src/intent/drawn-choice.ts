import { foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { isTextField, isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { choicesOn } from '../rules/choices';
import { allowed, isLoaded, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, shorten, stem, stemsOf } from '../words';
import { asAsked } from './as-asked';
import type { Answers } from './act-on-row';
import { nameOf, namingWords } from './controls';
import { STRUCTURE_WORDS } from './lexicon';
import { sameMeaning, saysWord } from './meanings';
import { noteOf } from './note';
import type { IntentPart } from './read-intent';
import { openStep } from './seek';

/** A list of choices was opened, of which one is taken by its whole name. */
export const DRAWN_CHOICE = 'drawn-choice';

const LONGEST_LABEL = 40;

/** "Set the language to German" where the list is no field, but something that opens choices: drawn of boxes, or a button. */
export function chooseDrawn(part: IntentPart, context: RulesContext): Answers {
  const { value } = part;
  const words = namingWords(part.object).filter((word) => !STRUCTURE_WORDS.has(word));
  const note = value === undefined ? undefined : noteOf(DRAWN_CHOICE, { v: value });
  if (value === undefined || note === undefined || words.length === 0) return { candidates: [], reason: '' };
  const candidates = context.views
    .filter((view) => isLoaded(view.page))
    .flatMap((view): Candidate[] => {
      const before = stepsTo(context, view);
      const [opener, ...others] = view.nodes.filter((node) => isOpenerOf(view, node, words));
      if (before === undefined || opener === undefined || others.length > 0) return [];
      if (!allowed(context, opener.name)) return [];
      return [
        candidate({
          kind: 'edit',
          title: `Set ${shorten(words.join(' '), 40)} to “${shorten(value, 40)}”`,
          ...asAsked(view),
          steps: [...before, { ...openStep(view, opener), continues: note }],
          score: 90 - 3 * before.length,
          words: [...words, value],
          about: value,
        }),
      ];
    });
  return { candidates, reason: '' };
}

/** The choice of this name among those that came with the last step. */
export function stepsInDrawnChoice(
  page: PageSnapshot,
  before: PageSnapshot | undefined,
  note: string,
): CandidateStep[] {
  const { v: value } = JSON.parse(note) as { v: string };
  const view = PageView.of(page);
  const [choice, ...others] = choicesOn(view, before).filter((node) => isCalled(node, value));
  if (choice === undefined || others.length > 0) return [];
  const target = view.targetOf(choice);
  return [
    {
      ...click(target, `Choose ${shorten(value, 40)}`, { kind: 'elementHidden', target }, true),
      asks: { kind: 'chosen', value },
    },
  ];
}

const isCalled = (node: Node, value: string): boolean =>
  [node.name, readable(node.name)].some(
    (name) => foldText(name).toLowerCase() === foldText(value).toLowerCase(),
  );

/** It is called so, or stands right behind a text that says so. */
export function isOpenerOf(view: PageView, node: Node, words: readonly string[]): boolean {
  if (!['button', 'combobox', 'generic'].includes(node.role) || !isUsable(node) || isTextField(node))
    return false;
  if (node.options !== undefined || nameOf(node) === '') return false;
  if (words.every((word) => saysWord(nameOf(node), word)))
    return node.popup !== undefined || node.expanded !== undefined;
  const text = foldText(view.snapshot.text);
  const at = text.indexOf(foldText(node.name));
  if (at <= 0 || text.indexOf(foldText(node.name), at + 1) >= 0) return false;
  const label = stemsOf(text.slice(Math.max(0, at - LONGEST_LABEL), at));
  const last = label.slice(-words.length);
  return (
    last.length === words.length && words.every((word) => last.some((one) => sameMeaning(one, stem(word))))
  );
}
