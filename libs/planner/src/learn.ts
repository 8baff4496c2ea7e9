import {
  evaluateCondition,
  findTargets,
  foldText,
  NO_RESULT,
  refuses,
  textIsVisible,
} from '@showrunner/contracts';
import type { Condition, PageElement, PageSnapshot, Target } from '@showrunner/contracts';
import { SAYS_LOADING } from '@showrunner/language';
import { findRow } from './tell-apart';

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
  'img',
];
/** What things that were made are, mostly. */
const MADE_ROLES = [
  'listitem',
  'entry',
  'row',
  'article',
  'treeitem',
  'cell',
  'gridcell',
  'heading',
  'link',
  'checkbox',
  'button',
  'option',
];
const LONGEST_TEXT = 80;
const LONGEST_ROW = 120;
/** Letters of a longer text that stand for it. */
const BEGINNING = 60;

/** Times, ages, percentages in motion, random keys: what passes by itself or differs each time proves nothing. */
const FLEETING =
  /\d{1,2}:\d{2}|\b(ago|just now|seconds?|minutes?|loading|saving|please wait)\b|…$|\b[0-9a-f]{8,}\b|\b\d{4}-\d{2}-\d{2}\b|\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /i;
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
  /** Fields that this feature has set itself: that their values are others now is no news. */
  set: readonly Target[] = [],
): Condition | undefined {
  for (const text of typed) {
    if (text.length >= 2 && textIsVisible(after, text) && !textIsVisible(before, text))
      return { kind: 'textVisible', text };
  }
  if (refuses(newText(before, after))) return undefined;
  return (
    changedState(before, after) ??
    changedValue(before, after, set) ??
    freshElement(before, after, about) ??
    freshLine(before, after) ??
    pictureChange(before, after) ??
    themeChange(before, after)
  );
}

/** Where a thing that was made stands, when it was written elsewhere on the page before: an element that names it and did not. */
export function namedBy(text: string, before: PageSnapshot, after: PageSnapshot): Condition | undefined {
  for (const role of MADE_ROLES) {
    const target: Target = { role, name: text, exact: false };
    if (
      findTargets(after.elements, target).some(isSteady) &&
      findTargets(before.elements, target).length === 0
    )
      return { kind: 'elementVisible', target };
  }
  return undefined;
}

/** That the row of a target shows something else than before; undefined when it does not, or is gone. */
export function rowChange(before: PageSnapshot, after: PageSnapshot, target: Target): Condition | undefined {
  const { within } = target;
  if (within === undefined) return undefined;
  const [was, is] = [findRow(before.elements, within), findRow(after.elements, within)];
  if (was === undefined || is === undefined) return undefined;
  const now = findTargets(after.elements, target)[0];
  const then = findTargets(before.elements, target)[0];
  for (const state of ['pressed', 'checked', 'expanded', 'selected'] as const)
    if (now?.[state] === true && then?.[state] === false)
      return { kind: 'state', target, state, equals: true };
  if (!isSteady(is)) return undefined;
  const name = changedPart(foldText(was.name), foldText(is.name), within.name);
  const named: Target = { role: is.role, name: name ?? '', exact: false };
  if (name !== undefined && findTargets(before.elements, named).length === 0)
    return { kind: 'elementVisible', target: named };
  // The control itself is called otherwise, or another one has come: `Remove star` after `Star`.
  const inside = (elements: readonly PageElement[], row: PageElement): PageElement[] =>
    elements.filter((one) => one !== row && isAround(elements, row, one));
  const earlier = inside(before.elements, was);
  const fresh = inside(after.elements, is).find(
    (one) =>
      foldText(one.name) !== '' &&
      CONTROLS.includes(one.role) &&
      !NO_RESULT.test(one.name) &&
      !earlier.some((other) => other.role === one.role && foldText(other.name) === foldText(one.name)),
  );
  return fresh === undefined
    ? undefined
    : {
        kind: 'elementVisible',
        target: { role: fresh.role, name: foldText(fresh.name), exact: true, within },
      };
}

const CONTROLS = ['button', 'link', 'checkbox', 'switch', 'img', 'status', 'generic'];

const isAround = (elements: readonly PageElement[], outer: PageElement, inner: PageElement): boolean => {
  for (let at = inner.parent; at >= 0; at = elements[at]?.parent ?? -1)
    if (elements[at] === outer) return true;
  return false;
};

/** From the name of a row to the last of its words that are new. */
function changedPart(was: string, is: string, name: string): string | undefined {
  const start = is.indexOf(name);
  if (was === is || start < 0) return undefined;
  let common = 0;
  while (common < Math.min(was.length, is.length) && was.at(-1 - common) === is.at(-1 - common)) common += 1;
  const rest = is.slice(start);
  const end = rest.indexOf(' ', Math.max(name.length, rest.length - common));
  const part = (end === -1 ? rest : rest.slice(0, end)).slice(0, LONGEST_ROW).replace(/…$/, '');
  return NO_RESULT.test(part) ? undefined : part.trim();
}

const exactTarget = (elements: readonly PageElement[], element: PageElement): Target => {
  const target: Target = { role: element.role, name: foldText(element.name), exact: true };
  const equals = findTargets(elements, target);
  return equals.length > 1 ? { ...target, nth: equals.indexOf(element) } : target;
};

const isPlain = (text: string): boolean =>
  text.length >= 2 && text.length <= LONGEST_TEXT && !FLEETING.test(text) && !NO_RESULT.test(text);

/** What changes by itself proves nothing. */
const isMedia = ({ role }: PageElement): boolean => role === 'video' || role === 'audio';
const isSteady = (element: PageElement): boolean => element.restless !== true;

function changedState(before: PageSnapshot, after: PageSnapshot): Condition | undefined {
  for (const element of after.elements) {
    const target = exactTarget(after.elements, element);
    const earlier = findTargets(before.elements, target)[0];
    if (!earlier || foldText(element.name) === '' || !isSteady(element)) continue;
    for (const state of ['pressed', 'checked', 'expanded', 'selected'] as const) {
      // What can be chosen and is not mostly says nothing of it.
      const was = state === 'selected' ? (earlier[state] ?? false) : earlier[state];
      if (element[state] === true && was === false) return { kind: 'state', target, state, equals: true };
    }
  }
  return undefined;
}

/** A result field: its value is another one now. */
function changedValue(
  before: PageSnapshot,
  after: PageSnapshot,
  set: readonly Target[],
): Condition | undefined {
  const own = set.flatMap((target) => findTargets(after.elements, target).slice(0, 1));
  for (const element of after.elements) {
    if (
      own.includes(element) ||
      (isMedia(element) && !['playing', 'paused'].includes(element.value)) ||
      !isSteady(element) ||
      element.value === '' ||
      element.inputType === 'password' ||
      !isPlain(`${element.value}  `)
    )
      continue;
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
      isSteady(element) &&
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
      if (element.role !== role || !isPlain(name) || !isSteady(element)) continue;
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
  if (refuses(newText(before, after))) return undefined;
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
    if (element.picture === undefined || element.picture === '' || !isSteady(element)) continue;
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
  const line = text.length <= LONGEST_TEXT ? text : beginningOf(text);
  const usable = line !== '' && !NO_RESULT.test(line) && (isPlain(line) || /^-?\d+([.,]\d+)?$/.test(line));
  return usable && textIsVisible(after, line) && !textIsVisible(before, line)
    ? { kind: 'textVisible', text: line }
    : undefined;
}

/** The first words of a longer text, up to where a number or a word ends. */
const beginningOf = (text: string): string => {
  const cut = text.slice(0, BEGINNING);
  return cut.slice(0, Math.max(0, cut.lastIndexOf(' ')));
};

/**
 * That the page says something else, or shows something else, than before: of what answers with something else each time no more can be
 * told. Undefined when nothing changed, or what is new is no answer.
 */
export function anyChange(before: PageSnapshot, after: PageSnapshot): Condition | undefined {
  const text = newText(before, after);
  if (refuses(text) || NO_RESULT.test(text) || SAYS_LOADING.test(text)) return undefined;
  const changed = { kind: 'textChanged' } as const;
  if (evaluateCondition(changed, after, before)) return changed;
  return pictureChange(before, after) ?? themeChange(before, after);
}

const themeChange = (before: PageSnapshot, after: PageSnapshot): Condition | undefined =>
  before.theme !== after.theme ? { kind: 'themeChanged' } : undefined;

/** A page's words without those that change by themselves. */
const steadyWords = ({ text, restless = [] }: PageSnapshot): string[] =>
  foldText(restless.reduce((left, part) => (part === '' ? left : left.split(part).join(' ')), text)).split(
    ' ',
  );

/** What is left of the page's words when the common beginning and end are taken off. */
export function newText(before: PageSnapshot, after: PageSnapshot): string {
  // What is known to be restless on one look was so on the other, too.
  const restless = [...(before.restless ?? []), ...(after.restless ?? [])];
  const then = steadyWords({ ...before, restless });
  const now = steadyWords({ ...after, restless });
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
