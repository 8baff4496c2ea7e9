import { foldText } from '@showrunner/contracts';
import type { PageElement, PageSnapshot, Target } from '@showrunner/contracts';
import { quoted } from './prompts/page-data';

/** Elements of the same role and name, by both; read once a page. */
const equalsOf = new WeakMap<readonly PageElement[], Map<string, PageElement[]>>();

/** The target that names this element and no other on the page. */
export function uniqueTarget({ elements }: Pick<PageSnapshot, 'elements'>, element: PageElement): Target {
  const keyOf = ({ role, name }: PageElement): string => `${role}\n${foldText(name)}`;
  let equals = equalsOf.get(elements);
  if (equals === undefined) {
    equals = new Map();
    for (const one of elements) {
      const same = equals.get(keyOf(one));
      if (same === undefined) equals.set(keyOf(one), [one]);
      else same.push(one);
    }
    equalsOf.set(elements, equals);
  }
  const target: Target = { role: element.role, name: foldText(element.name), exact: true };
  const same = equals.get(keyOf(element)) ?? [];
  return same.length > 1 ? { ...target, nth: same.indexOf(element) } : target;
}

/** Longest name or text of one element in a prompt, in characters. */
const LONGEST = 70;
const ROLE = /^[A-Za-z]{1,30}$/;

/** One element as a prompt has it, with what tells it from its like. Every word of the page is quoted. */
export function elementWords(page: PageSnapshot, element: PageElement): string {
  const name = foldText(element.name) === '' ? (element.text ?? '') : element.name;
  const around = surrounding(page, element);
  const states = (['checked', 'pressed', 'expanded', 'selected'] as const).flatMap((state) =>
    element[state] === undefined ? [] : [`${state}=${element[state]}`],
  );
  return [
    ROLE.test(element.role) ? element.role : 'element',
    quoted(name, LONGEST),
    ...(element.placeholder ? [`placeholder ${quoted(element.placeholder, 40)}`] : []),
    ...(element.inputType && element.inputType !== 'text' ? [quoted(element.inputType, 20)] : []),
    ...(element.options
      ? [
          `options ${element.options
            .slice(0, 6)
            .map((one) => quoted(one, 24))
            .join(', ')}`,
        ]
      : []),
    ...states,
    ...(element.href ? [`to ${quoted(element.href, 50)}`] : []),
    ...(around === undefined ? [] : [`in ${around}`]),
    ...(name === ''
      ? [
          `at ${Math.round(element.box.x)},${Math.round(element.box.y)} ${Math.round(element.box.width)}x${Math.round(element.box.height)}`,
        ]
      : []),
  ].join(' ');
}

const TELLING = new Set([
  'row',
  'listitem',
  'entry',
  'article',
  'dialog',
  'alertdialog',
  'form',
  'navigation',
  'tabpanel',
  'region',
]);

/** The nearest thing around it that has words of its own. */
function surrounding({ elements }: PageSnapshot, element: PageElement): string | undefined {
  for (let at = element.parent, steps = 0; at >= 0 && steps < 50; steps += 1) {
    const ancestor = elements[at];
    if (ancestor === undefined) return undefined;
    const words = foldText(ancestor.name) || foldText(ancestor.text ?? '');
    if (TELLING.has(ancestor.role) && words !== '') return `${ancestor.role} ${quoted(words, 50)}`;
    at = ancestor.parent < at ? ancestor.parent : -1;
  }
  return undefined;
}

/** Names may be of any length; what tells them apart stands at the beginning. */
const LOOKED_AT = 240;

/** Lower-case words of a text's beginning, in any script. */
export const wordsOf = (text: string): string[] =>
  text
    .slice(0, LOOKED_AT)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** How many of the wanted words a text has, 0 to 1; the beginning of a long word counts as the word. */
export function likeness(text: string, wanted: readonly string[]): number {
  if (wanted.length === 0) return 0;
  const there = wordsOf(text);
  const found = wanted.filter((word) =>
    there.some((one) => one === word || (word.length > 4 && one.startsWith(word.slice(0, 4)))),
  );
  return found.length / wanted.length;
}
