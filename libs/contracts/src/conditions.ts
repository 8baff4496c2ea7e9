import { InvalidInputError } from './errors';
import type { PageElement, PageSnapshot } from './page';
import type { Condition, Step, Target } from './plan';
import { remembered } from './remembered';
import { SECRET_MASK } from './secrets';

/** White space folded to single spaces, ends trimmed. */
export const foldText = remembered((text) => text.replace(/\s+/g, ' ').trim(), 4000);

const lower = remembered((text) => foldText(text).toLowerCase(), 4000);

/** Names compare like Playwright's role locators: exact is the whole name, otherwise a part of it in any case. */
export function nameMatches(name: string, wanted: string, exact: boolean): boolean {
  return exact ? foldText(name) === foldText(wanted) : lower(name).includes(lower(wanted));
}

const isWithin = (
  elements: readonly PageElement[],
  element: PageElement,
  scope: { role: string; name: string },
): boolean => {
  for (let at = element.parent; at >= 0;) {
    const ancestor = elements[at];
    if (!ancestor) return false;
    if (ancestor.role === scope.role && ancestorNamed(ancestor, scope.name)) return true;
    at = ancestor.parent < at ? ancestor.parent : -1;
  }
  return false;
};

// Items of lists are named by all of their text, which changes when a button in them does.
const ancestorNamed = (ancestor: PageElement, name: string): boolean =>
  foldText(ancestor.name).includes(foldText(name)) || foldText(ancestor.text ?? '').includes(foldText(name));

/**
 * All elements that a target names, in document order; with `nth` at most one. What is a button by its looks alone (`generic`) answers for
 * one where there is none.
 */
export function findTargets(elements: readonly PageElement[], target: Target): PageElement[] {
  const { within } = target;
  const named = (isOne: (element: PageElement) => boolean): PageElement[] =>
    elements.filter(
      (element) => isOne(element) && (within === undefined || isWithin(elements, element, within)),
    );
  const isCalled = (text: string): boolean => nameMatches(text, target.name, target.exact);
  const ofRole = (role: string): PageElement[] =>
    named(
      ({ role: own, name, accessibleName }) =>
        own === role && (isCalled(name) || (accessibleName !== undefined && isCalled(accessibleName))),
    );
  const found = ((): PageElement[] => {
    if (target.role === FIELD)
      return named(
        (one) => FIELD_ROLES.has(one.role) && (isCalled(one.name) || isCalled(one.placeholder ?? '')),
      );
    if (target.role === ANY)
      return innermost(
        elements,
        named((one) => isCalled(one.name)),
      );
    const exact = ofRole(target.role);
    return exact.length === 0 && target.role === 'button' ? ofRole('generic') : exact;
  })();
  return target.nth === undefined ? found : found.slice(target.nth, target.nth + 1);
}

/** Roles of plans by hand that stand for several. */
export const FIELD = 'field';
export const ANY = 'any';
const FIELD_ROLES = new Set(
  'textbox searchbox spinbutton combobox listbox checkbox radio switch slider button'.split(' '),
);

/** Those with none of the others inside. */
function innermost(elements: readonly PageElement[], found: readonly PageElement[]): PageElement[] {
  const around = new Set<number>();
  for (const element of found)
    for (let at = element.parent; at >= 0 && !around.has(at); at = elements[at]?.parent ?? -1) around.add(at);
  return found.filter((element) => !around.has(elements.indexOf(element)));
}

/** Index of the element that a target names, -1 if there is none: the first one, or the `nth` (0-based). */
export function findTargetIndex({ elements }: Pick<PageSnapshot, 'elements'>, target: Target): number {
  const [element] = findTargets(elements, target);
  return element === undefined ? -1 : elements.indexOf(element);
}

/** Text is part of the page's text, white space folded, and does not cut a number in two (`1 left` is not in `11 left`). */
export function textIsVisible(snapshot: Pick<PageSnapshot, 'text'>, text: string): boolean {
  const page = foldText(snapshot.text);
  const wanted = foldText(text);
  const digit = (char: string | undefined): boolean => char !== undefined && /\d/.test(char);
  for (let at = page.indexOf(wanted); at !== -1; at = page.indexOf(wanted, at + 1)) {
    const cutsBefore = digit(wanted[0]) && digit(page[at - 1]);
    const cutsAfter = digit(wanted[wanted.length - 1]) && digit(page[at + wanted.length]);
    if (!cutsBefore && !cutsAfter) return true;
  }
  return false;
}

/**
 * Whether a condition holds on a page. `before` is the page before the step's action: `count` with `change` and `themeChanged`
 * compare with it and do not hold without it. Throws InvalidInputError `bad_pattern` for an unusable regular expression.
 */
export function evaluateCondition(condition: Condition, page: PageSnapshot, before?: PageSnapshot): boolean {
  switch (condition.kind) {
    case 'textVisible':
      return textIsVisible(page, condition.text);
    case 'textHidden':
      return staysBeside(condition, page) && !textIsVisible(page, condition.text);
    case 'elementVisible':
      return findTargets(page.elements, condition.target).length > 0;
    case 'elementHidden':
      return staysBeside(condition, page) && findTargets(page.elements, condition.target).length === 0;
    case 'url':
      return urlMatches(condition, page.path);
    case 'count':
      return countMatches(condition, page, before);
    case 'value':
      return findTargets(page.elements, condition.target)
        .slice(0, 1)
        .some((element) => holdsValue(element, condition.equals));
    case 'state':
      return findTargets(page.elements, condition.target)
        .slice(0, 1)
        .some((element) => stateOf(element, condition.state) === condition.equals);
    case 'themeChanged':
      return before !== undefined && page.theme !== before.theme;
    case 'inViewport':
      return findTargets(page.elements, condition.target).some((element) => element.inViewport);
    case 'under':
      return isUnder(page, condition.target, condition.heading);
    case 'pictureChanged': {
      const picture = (snapshot: PageSnapshot | undefined): string | undefined =>
        snapshot && findTargets(snapshot.elements, condition.target)[0]?.picture;
      const then = picture(before);
      return then !== undefined && picture(page) !== undefined && picture(page) !== then;
    }
    case 'textChanged':
      return before !== undefined && !isBlank(page) && steadyText(page, before) !== steadyText(before, page);
    case 'textOrder':
      return comesBefore(page, condition.first, condition.then);
    case 'done':
      return before !== undefined && before !== page;
  }
}

/** Whether all that a step is to bring about holds on a page: its success condition, and what must hold `also`. */
export const stepHolds = (
  { success, also = [] }: Pick<Step, 'success' | 'also'>,
  page: PageSnapshot,
  before?: PageSnapshot,
): boolean => [success, ...also].every((condition) => evaluateCondition(condition, page, before));

/** The same step with a condition for its success that does not hold before, where there is one: only what is new can be proven. */
export function withNewFirst<S extends Pick<Step, 'success' | 'also'>>(step: S, before: PageSnapshot): S {
  const all = [step.success, ...(step.also ?? [])];
  const fresh = all.find((condition) => !evaluateCondition(condition, before, before));
  if (fresh === undefined || fresh === step.success) return step;
  return { ...step, success: fresh, also: all.filter((condition) => condition !== fresh) };
}

/** Whether `heading` is the last heading of its level before the target, in document order. */
function isUnder({ elements }: PageSnapshot, target: Target, heading: Target): boolean {
  const at = findTargetIndex({ elements }, target);
  const wanted = findTargetIndex({ elements }, heading);
  const level = elements[wanted]?.level;
  if (at < 0 || wanted < 0 || wanted > at) return false;
  return !elements
    .slice(wanted + 1, at)
    .some((element) => element.role === heading.role && (element.level ?? level) === level);
}

/** The page's words without what is known, from either look, to change by itself. */
const steadyText = (page: PageSnapshot, other: PageSnapshot): string =>
  foldText(
    [page, other]
      .flatMap(movingTexts)
      .reduce((left, part) => (part === '' ? left : left.split(part).join(' ')), foldText(page.text)),
  );

const movingTexts = ({ restless = [], elements }: PageSnapshot): string[] => [
  ...restless,
  ...elements.flatMap((one) => (one.restless === true ? [foldText(one.name)] : [])),
];

const comesBefore = (page: PageSnapshot, first: string, then: string): boolean => {
  if (!textIsVisible(page, first) || !textIsVisible(page, then)) return false;
  const text = foldText(page.text);
  return text.indexOf(foldText(first)) < text.indexOf(foldText(then));
};

/** A snapshot has dots instead of a secret: as many, or any number where the value is not told. */
function holdsValue({ value, inputType, secret }: PageElement, wanted: string): boolean {
  if (inputType !== 'password' && secret !== true) return value === wanted;
  return value === '•'.repeat(wanted.length) || (wanted === SECRET_MASK && /^•+$/.test(value));
}

// What says nothing of being checked, pressed or expanded is not unchecked; but what is not chosen never says so.
const stateOf = (
  element: PageElement,
  state: Extract<Condition, { kind: 'state' }>['state'],
): boolean | undefined => element[state] ?? (state === 'selected' ? false : undefined);

// A page that lost everything hides every text; that proves nothing.
const isBlank = (page: PageSnapshot): boolean => page.elements.length === 0 && page.text.trim() === '';

// Absence proves something only beside presence.
const staysBeside = ({ beside }: { beside?: string }, page: PageSnapshot): boolean =>
  !isBlank(page) && (beside === undefined || textIsVisible(page, beside));

function urlMatches(condition: { path?: string; pattern?: string }, path: string): boolean {
  if (condition.path === undefined && condition.pattern === undefined) return false;
  if (condition.path !== undefined && condition.path !== path) return false;
  return condition.pattern === undefined || patternOf(condition.pattern).test(path);
}

function patternOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (cause) {
    throw new InvalidInputError(
      'bad_pattern',
      `The success condition has an unusable regular expression: ${pattern}`,
      { remedy: 'Correct the pattern in the plan.', cause },
    );
  }
}

function countMatches(
  condition: Extract<Condition, { kind: 'count' }>,
  page: PageSnapshot,
  before: PageSnapshot | undefined,
): boolean {
  const { role, name, equals, change } = condition;
  if (equals === undefined && change === undefined) return false;
  const target: Target = { role, name: name ?? '', exact: name !== undefined };
  const now = findTargets(page.elements, target).length;
  if (equals !== undefined && now !== equals) return false;
  if (change === undefined) return true;
  if (before === undefined) return false;
  const then = findTargets(before.elements, target).length;
  return change === 'more' ? now > then : now < then;
}
