import type { Asked, Candidate, CandidateStep } from '@showrunner/contracts';
import { findTargets } from '@showrunner/contracts';
import { click } from '../candidate';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { shorten, wordsOf } from '../words';
import { isControl, nameOf } from './controls';
import { DRAWN_CHOICE, isOpenerOf } from './drawn-choice';
import { FUNCTION_WORDS } from './lexicon';
import { noteOf } from './note';
import { openStep } from './seek';

/** `with priority High`, `, assignee: Ada Lovelace`: a label and the value that was said for it. */
const PAIR =
  /(?:^|,|\s(?:with|and|mit|und|avec|et|con|y|e|com))\s*(?:the\s+|an?\s+|der\s+|die\s+)?(\p{L}{3,20}(?:\s\p{L}{3,20})?)\s*(?:[:=]|\s(?:of|to|as|is)\s|\s)\s*["“„«]?(\p{Lu}[\p{L}\p{N}-]*(?:\s\p{Lu}[\p{L}\p{N}-]*)*)/gu;

/** A text without the pairs whose value is among the steps (as JSON). */
export const withoutPairs = (tail: string, steps: string): string =>
  tail.replace(PAIR, (whole, _label: string, value: string) => (steps.includes(value) ? ' ' : whole));

/** The same with what no field takes: a list drawn of boxes is opened, a choice that stands there is pressed, before the form is sent. */
export function withDrawnChoices(one: Candidate, tail: string, view: PageView): Candidate {
  const known = JSON.stringify(one.feature.steps);
  const extra = [...tail.matchAll(PAIR)].flatMap(([, label = '', value = '']): CandidateStep[] => {
    if (known.includes(value)) return [];
    const words = wordsOf(label);
    const [opener, ...others] = view.nodes.filter((node) => isOpenerOf(view, node, words));
    const note = noteOf(DRAWN_CHOICE, { v: value });
    if (opener !== undefined && others.length === 0 && note !== undefined)
      return [{ ...openStep(view, opener), continues: note }];
    const chip = chipCalled(view, value);
    return chip === undefined
      ? []
      : // That it is chosen may be no more than a colour: the entry that is made has to say it.
        [click(view.targetOf(chip), `Choose ${shorten(nameOf(chip), 40)}`, { kind: 'done' })];
  });
  if (extra.length === 0) return one;
  const before = (steps: readonly CandidateStep[]): CandidateStep[] => [
    ...steps.slice(0, -1),
    ...extra,
    ...steps.slice(-1),
  ];
  return {
    ...one,
    feature: { ...one.feature, steps: before(one.feature.steps) },
    variants: one.variants.map(before),
  };
}

/** One control alone has this name, and it is none that leads away. */
function chipCalled(view: PageView, value: string): Node | undefined {
  const named = view.nodes.filter(
    (node) =>
      isUsable(node) &&
      node.role !== 'link' &&
      (isControl(node) || node.role === 'generic') &&
      nameOf(node).toLowerCase() === value.toLowerCase() &&
      !view.descendants(node).some((inner) => nameOf(inner) === nameOf(node)),
  );
  return named.length === 1 ? named[0] : undefined;
}

/** What the entry that is made has to say: all that is chosen for it on the way. */
export function asksMade(one: Candidate, title: string, view: PageView): Candidate {
  const holds = one.feature.steps.flatMap((step): Extract<Asked, { kind: 'made' }>['holds'] => {
    const { action, continues = '' } = step;
    if (action.type === 'select') {
      const [field] = findTargets(view.snapshot.elements, action.target);
      return [
        { value: action.option, others: (field?.options ?? []).filter((other) => other !== action.option) },
      ];
    }
    // Another number in its place is another entry.
    if (action.type === 'type' && action.target.role === 'spinbutton')
      return [{ value: action.text, others: [] }];
    if (continues.startsWith(`${DRAWN_CHOICE} `))
      return [{ value: (JSON.parse(continues.slice(DRAWN_CHOICE.length)) as { v: string }).v }];
    if (action.type === 'click' && step.success.kind === 'done') return [{ value: action.target.name }];
    if (action.type !== 'click' || action.target.role !== 'radio') return [];
    const others = view.ofRole('radio').map(({ name }) => name);
    return [{ value: action.target.name, others: others.filter((other) => other !== action.target.name) }];
  });
  if (holds.length === 0) return one;
  const asks = { kind: 'made', title, holds } as const;
  const last = (steps: readonly CandidateStep[]): CandidateStep[] =>
    steps.map((step, at) => (at === steps.length - 1 && step.asks === undefined ? { ...step, asks } : step));
  return {
    ...one,
    feature: { ...one.feature, steps: last(one.feature.steps) },
    variants: one.variants.map(last),
  };
}

/** Whether a text says a choice by all of its words, one after the other. */
export function saysChoice(text: string, choice: string): boolean {
  const words = wordsOf(text);
  const wanted = wordsOf(choice);
  return (
    wanted.some((word) => !FUNCTION_WORDS.has(word) && /\p{L}{2}/u.test(word)) &&
    words.some((_, at) => wanted.every((word, n) => words[at + n] === word))
  );
}
