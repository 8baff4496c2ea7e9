import { evaluateCondition, findTargets, foldText, textIsVisible } from '@showrunner/contracts';
import type { Condition, PageElement, PageSnapshot, Target } from '@showrunner/contracts';

const TELLING_ROLES = [
  'dialog',
  'alertdialog',
  'heading',
  'alert',
  'status',
  'tabpanel',
  'region',
  'button',
  'link',
  'menuitem',
];
const LONGEST_TEXT = 80;

/** Times, ages, percentages in motion, random keys: what passes by itself or differs each time proves nothing. */
const FLEETING =
  /\d{1,2}:\d{2}|\b(ago|just now|seconds?|minutes?|loading|saving|please wait)\b|…$|\b[0-9a-f]{8,}\b|\b\d{4}-\d{2}-\d{2}\b|\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /i;
/** An error is a change, but no success. */
const ERROR =
  /\b(error|invalid|incorrect|failed|failure|required|not found|denied|forbidden|wrong|went wrong|try again|cannot|unable)\b/i;

/**
 * A fact that holds after a step and did not before: the most telling one, or undefined when nothing new can be seen. `typed` are texts that
 * were entered in this feature: to see one of them outside of inputs is the best proof. `about` are names of what the step acts on: news
 * of them tell more than other news.
 */
export function learnCondition(
  before: PageSnapshot,
  after: PageSnapshot,
  typed: readonly string[],
  about: readonly string[] = [],
): Condition | undefined {
  for (const text of typed) {
    if (text.length >= 2 && textIsVisible(after, text) && !textIsVisible(before, text))
      return { kind: 'textVisible', text };
  }
  if (ERROR.test(newText(before, after))) return undefined;
  return (
    changedState(before, after) ??
    changedValue(before, after) ??
    freshElement(before, after, about) ??
    freshLine(before, after) ??
    pictureChange(before, after) ??
    themeChange(before, after)
  );
}

const exactTarget = (elements: readonly PageElement[], element: PageElement): Target => {
  const target: Target = { role: element.role, name: foldText(element.name), exact: true };
  const equals = findTargets(elements, target);
  return equals.length > 1 ? { ...target, nth: equals.indexOf(element) } : target;
};

/** What a program shows that has lost its values. */
const NO_RESULT = /\b(NaN|undefined|null|Infinity)\b|\[object/;

const isPlain = (text: string): boolean =>
  !NO_RESULT.test(text) && text.length >= 2 && text.length <= LONGEST_TEXT && !FLEETING.test(text);

function changedState(before: PageSnapshot, after: PageSnapshot): Condition | undefined {
  for (const element of after.elements) {
    const target = exactTarget(after.elements, element);
    const earlier = findTargets(before.elements, target)[0];
    if (!earlier || foldText(element.name) === '') continue;
    for (const state of ['pressed', 'checked', 'expanded', 'selected'] as const) {
      if (element[state] === true && earlier[state] === false)
        return { kind: 'state', target, state, equals: true };
    }
  }
  return undefined;
}

/** A result field: its value is another one now. */
function changedValue(before: PageSnapshot, after: PageSnapshot): Condition | undefined {
  for (const element of after.elements) {
    if (element.value === '' || element.inputType === 'password' || !isPlain(`${element.value}  `)) continue;
    const target = exactTarget(after.elements, element);
    const earlier = findTargets(before.elements, target)[0];
    if (earlier && earlier.value !== element.value) return { kind: 'value', target, equals: element.value };
  }
  return undefined;
}

function freshElement(
  before: PageSnapshot,
  after: PageSnapshot,
  about: readonly string[],
): Condition | undefined {
  const speaksOf = (name: string): boolean => about.some((text) => text.length >= 3 && name.includes(text));
  const told = after.elements.find((element) => {
    const name = foldText(element.name);
    const target: Target = { role: element.role, name, exact: true };
    return (
      TELLING_ROLES.includes(element.role) &&
      isPlain(name) &&
      speaksOf(name) &&
      findTargets(before.elements, target).length === 0
    );
  });
  if (told)
    return { kind: 'elementVisible', target: { role: told.role, name: foldText(told.name), exact: true } };
  for (const role of TELLING_ROLES) {
    for (const element of after.elements) {
      const name = foldText(element.name);
      if (element.role !== role || !isPlain(name)) continue;
      const target: Target = { role, name, exact: true };
      if (findTargets(before.elements, target).length === 0) return { kind: 'elementVisible', target };
    }
  }
  return undefined;
}

/**
 * What else on the page has followed when a control was set: something new that is not the control nor its own value. A figure before a
 * drawing, since a viewer can read it.
 */
export function learnEffect(
  before: PageSnapshot,
  after: PageSnapshot,
  own: { name: string; value: string },
): Condition | undefined {
  if (ERROR.test(newText(before, after))) return undefined;
  const figure = freshRuns(before, after).find(
    (run) =>
      /\d/.test(run) &&
      isPlain(`${run}  `) &&
      !own.name.includes(run) &&
      run !== own.value &&
      !run.startsWith(`${own.value} `),
  );
  if (figure !== undefined && !textIsVisible(before, figure)) return { kind: 'textVisible', text: figure };
  return pictureChange(before, after) ?? freshLine(before, after) ?? themeChange(before, after);
}

function pictureChange(before: PageSnapshot, after: PageSnapshot): Condition | undefined {
  for (const element of after.elements) {
    if (element.picture === undefined || element.picture === '') continue;
    const target = exactTarget(after.elements, element);
    const changed = { kind: 'pictureChanged', target } as const;
    if (evaluateCondition(changed, after, before)) return changed;
  }
  return undefined;
}

/** Runs of words that the page did not have before; `NaN` and the like are no results. */
function freshRuns(before: PageSnapshot, after: PageSnapshot): string[] {
  const then = new Set(foldText(before.text).split(' '));
  const runs: string[][] = [[]];
  for (const word of foldText(after.text).split(' ')) {
    if (then.has(word)) runs.push([]);
    else runs[runs.length - 1]?.push(word);
  }
  return runs
    .map((run) => run.join(' '))
    .filter((run) => run.length >= 2 && run.length <= LONGEST_TEXT && !NO_RESULT.test(run));
}

/** Text that stands between what was there before: the longest run of new words. */
function freshLine(before: PageSnapshot, after: PageSnapshot): Condition | undefined {
  const text = newText(before, after);
  const line = text.length <= LONGEST_TEXT ? text : '';
  const usable = line !== '' && (isPlain(line) || /^-?\d+([.,]\d+)?$/.test(line));
  return usable && textIsVisible(after, line) && !textIsVisible(before, line)
    ? { kind: 'textVisible', text: line }
    : undefined;
}

const themeChange = (before: PageSnapshot, after: PageSnapshot): Condition | undefined =>
  before.theme !== after.theme ? { kind: 'themeChanged' } : undefined;

/** What is left of the page's words when the common beginning and end are taken off. */
function newText(before: PageSnapshot, after: PageSnapshot): string {
  const then = foldText(before.text).split(' ');
  const now = foldText(after.text).split(' ');
  let start = 0;
  while (start < now.length && start < then.length && now[start] === then[start]) start += 1;
  let end = 0;
  while (
    end < now.length - start &&
    end < then.length - start &&
    now[now.length - 1 - end] === then[then.length - 1 - end]
  )
    end += 1;
  return now.slice(start, now.length - end).join(' ');
}
