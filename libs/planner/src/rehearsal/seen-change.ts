import { evaluateCondition, findTargets, foldText, textIsVisible } from '@showrunner/contracts';
import type { CandidateStep, PageElement, PageSnapshot, Step, Target } from '@showrunner/contracts';
import { learnCondition, learnEffect } from '../learn';
import { findRow, rowLooks } from '../tell-apart';
import { insertedText } from './inserted-text';

/** Share of a list that stands in the order in which it was seen before, for its order to be one. */
const MOSTLY = 0.7;

export const inAnItem = (text: string): Step['success'] => ({
  kind: 'elementVisible',
  target: { role: 'listitem', name: text, exact: false },
});

/** The target of an action on one of equal things, which has to be proven by its row. */
export const rowTarget = (
  action: Step['action'],
): Extract<Step['action'], { type: 'click' }>['target'] | undefined =>
  action.type === 'click' && action.target.within !== undefined ? action.target : undefined;

/** Whether something changed in the row of a target, it went away, or what is new names it. */
export function isAboutRow(
  before: PageSnapshot,
  after: PageSnapshot,
  { within }: NonNullable<ReturnType<typeof rowTarget>>,
): boolean {
  const was = within && findRow(before.elements, within);
  const is = within && findRow(after.elements, within);
  if (!within || !was || !is || before.path !== after.path) return true;
  return (
    rowLooks(before.elements, was) !== rowLooks(after.elements, is) ||
    insertedText(before, after).includes(within.name) ||
    opensOver(before, after, was) ||
    asksAboutRow(before, after, `${within.name} ${was.name} ${was.text ?? ''}`)
  );
}

const COUNTS = ['button', 'link', 'status', 'generic', 'img'];
/** Whether something at the side of the page counts one more than before: `Cart, 0 items` and then `Cart, 1 items`. */
export const countsOneMore = (before: PageSnapshot, after: PageSnapshot): boolean =>
  after.elements.some(({ role, name }, at) => {
    const earlier = before.elements[at];
    if (!COUNTS.includes(role) || earlier?.role !== role || earlier.name === name) return false;
    const numbers = (text: string): number => Number(/\d+/.exec(text)?.[0] ?? 0);
    const words = (text: string): string => foldText(text.replace(/\d+/g, ' '));
    return words(name).startsWith(words(earlier.name)) && numbers(name) === numbers(earlier.name) + 1;
  });

/** A form has come up that is filled in with what the row says. */
const asksAboutRow = (before: PageSnapshot, after: PageSnapshot, row: string): boolean => {
  const words = new Set(
    foldText(row)
      .toLowerCase()
      .match(/[\p{L}\p{N}@.]{3,}/gu) ?? [],
  );
  return after.elements.some(
    ({ role, name, value }) =>
      ['textbox', 'combobox', 'spinbutton'].includes(role) &&
      findTargets(before.elements, { role, name, exact: true }).length === 0 &&
      (value.toLowerCase().match(/[\p{L}\p{N}@.]{3,}/gu) ?? []).some((word) => words.has(word)),
  );
};

/** Something has come up that lies over the whole row: a question, a sheet, a page drawn over this one. */
const opensOver = (before: PageSnapshot, after: PageSnapshot, { box }: PageElement): boolean =>
  after.elements.some(
    (one) =>
      foldText(one.name) !== '' &&
      one.box.x <= box.x &&
      one.box.y <= box.y &&
      one.box.x + one.box.width >= box.x + box.width &&
      one.box.y + one.box.height >= box.y + box.height &&
      findTargets(before.elements, { role: one.role, name: one.name, exact: true }).length === 0 &&
      !foldText(one.name).includes(foldText(before.elements.find((other) => other.box === box)?.name ?? '')),
  );

/** What else on the page has followed. */
export function effectOf(
  step: CandidateStep,
  before: PageSnapshot,
  after: PageSnapshot,
): Step['success'] | undefined {
  const { action } = step;
  const target = 'target' in action && action.target ? action.target : undefined;
  const control = target && findTargets(after.elements, target)[0];
  const own = { name: control?.name ?? '', value: control?.value ?? '' };
  const learned = reordered(before, after, step.ordered ?? []) ?? learnEffect(before, after, own);
  return learned !== undefined && evaluateCondition(learned, after, before) ? learned : undefined;
}

/** The first text that was there and is gone, when another of them stayed. */
export function vanished(
  before: PageSnapshot,
  after: PageSnapshot,
  shown: readonly string[],
): Step['success'] | undefined {
  const there = shown.filter((text) => textIsVisible(before, text));
  const gone = there.find((text) => !textIsVisible(after, text));
  const stays = there.find((text) => textIsVisible(after, text));
  return gone !== undefined && stays !== undefined
    ? { kind: 'textHidden', text: gone, beside: stays }
    : undefined;
}

/** Texts that no part of the page shows that changes by itself: that such a text went proves nothing. */
export const steady = (texts: readonly string[], ...pages: readonly PageSnapshot[]): string[] =>
  texts.filter(
    (text) =>
      !pages.some((page) =>
        page.elements.some(({ restless, name }) => restless === true && foldText(name).includes(text)),
      ),
  );

/** That something went away, or that the page says something else, proves less than what came. */
export function moreTelling(
  before: PageSnapshot,
  after: PageSnapshot,
  success: Step['success'],
  typed: readonly string[],
  about: readonly string[],
): Step['success'] | undefined {
  if (success.kind !== 'elementHidden' && success.kind !== 'textChanged') return undefined;
  const learned = learnCondition(before, after, typed, about);
  return learned && !evaluateCondition(learned, before, before) ? learned : undefined;
}

/**
 * Two neighbours of the list that have changed places. A list that stands in another order already is in a new one each time it is loaded:
 * then none can be named.
 */
export function reordered(
  before: PageSnapshot,
  after: PageSnapshot,
  ordered: readonly string[],
): Step['success'] | undefined {
  const swaps = ordered.flatMap((then, at) => {
    const first = ordered[at + 1];
    return first === undefined ? [] : [{ kind: 'textOrder', first, then } as const];
  });
  const inOrder = swaps.filter(({ first, then }) =>
    evaluateCondition({ kind: 'textOrder', first: then, then: first }, before),
  );
  if (inOrder.length < swaps.length * MOSTLY) return undefined;
  return inOrder.find((swapped) => evaluateCondition(swapped, after));
}

/** The field whose value a step sets by itself. */
export const setBy = ({ action }: Step): Target[] =>
  action.type === 'type' || action.type === 'select' || action.type === 'upload' ? [action.target] : [];

export const isFilling = ({ action, success }: CandidateStep): boolean =>
  action.type === 'type' && !action.submit && success.kind === 'value';

/** A field that formats what is typed shows it in its own way: the value as shown counts, when it is made of what was typed. */
export function formatted(
  { action, success }: CandidateStep,
  page: PageSnapshot,
): Step['success'] | undefined {
  if (action.type !== 'type' || success.kind !== 'value') return undefined;
  const shown = findTargets(page.elements, action.target)[0]?.value ?? '';
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const isMadeOf =
    plain(shown) !== '' &&
    (plain(shown).startsWith(plain(action.text)) ||
      // A mask may take fewer digits; words that were cut off are not what was to be entered.
      (!/\p{L}/u.test(action.text) && plain(action.text).startsWith(plain(shown))));
  return isMadeOf ? { kind: 'value', target: action.target, equals: shown } : undefined;
}
