import { ANY, FIELD } from '@showrunner/contracts';
import type { Target } from '@showrunner/contracts';
import { roleOfCss } from './css-selector';
import { isTrue, optionOf, textOf, wordsOf } from './values';
import type { Value } from './values';

/** What a locator names, as far as a plan can name it. */
export interface FoundTarget {
  role: string;
  name: string;
  exact: boolean;
  nth?: number;
  within?: NonNullable<Target['within']>;
  /** Looked for by this text alone, whatever element it stands in. */
  text?: string;
  /** Why a plan cannot name it. */
  problem?: string;
}

export const unnamed = (problem: string): FoundTarget => ({ role: '', name: '', exact: false, problem });

const BY_TEXT = 'a pattern is no name that a plan could hold';

/** The target of `getBy…` and `locator`, or undefined for another method. @param from what it is called on, without one the page */
export function targetOfCall(
  method: string,
  args: readonly Value[],
  from?: FoundTarget,
): FoundTarget | undefined {
  const found = foundBy(method, args);
  if (found === undefined || from === undefined) return found;
  if (from.problem !== undefined) return { ...found, problem: found.problem ?? from.problem };
  if (from.nth !== undefined)
    return { ...found, problem: 'it is looked for in one of several equals, told by its number alone' };
  const isPlain = from.role !== ANY && from.role !== FIELD;
  if (!isPlain) return { ...found, problem: 'it is looked for in something that has no role' };
  return { ...found, within: { role: from.role, name: from.name } };
}

function foundBy(method: string, args: readonly Value[]): FoundTarget | undefined {
  const [first, options] = args;
  const words = wordsOf(first);
  const exact = isTrue(optionOf(options, 'exact')) || words?.exact === true;
  const named = (role: string, more: Partial<FoundTarget> = {}): FoundTarget =>
    words === undefined ? unnamed(BY_TEXT) : { role, name: words.text, exact, ...more };
  switch (method) {
    case 'getByRole':
      return byRole(textOf(first), options);
    case 'getByLabel':
    case 'getByPlaceholder':
      return named(FIELD);
    case 'getByText':
      return named(ANY, words === undefined ? {} : { text: words.text });
    case 'getByTitle':
      return named(ANY);
    case 'getByAltText':
      return named('img');
    case 'getByTestId':
      return unnamed('a test id is nothing that a visitor sees');
    case 'locator':
      return byCss(first, options);
    default:
      return undefined;
  }
}

function byRole(role: string | undefined, options: Value | undefined): FoundTarget {
  if (role === undefined) return unnamed('its role is not written here');
  const name = optionOf(options, 'name');
  if (name === undefined) return { role, name: '', exact: false };
  const words = wordsOf(name);
  if (words === undefined) return unnamed(name.kind === 'regex' ? BY_TEXT : 'its name is not written here');
  return { role, name: words.text, exact: isTrue(optionOf(options, 'exact')) || words.exact };
}

function byCss(first: Value | undefined, options: Value | undefined): FoundTarget {
  if (first?.kind === 'locator') return first.target;
  const selector = textOf(first);
  if (selector === undefined) return unnamed('its selector is not written here');
  const found = roleOfCss(selector);
  return optionOf(options, 'hasText') === undefined && optionOf(options, 'has') === undefined
    ? found
    : (narrowed(found, 'filter', [options ?? { kind: 'object', members: new Map() }]) ?? found);
}

/** What `first`, `nth`, `filter` and their like make of a target; undefined for another method. */
export function narrowed(
  target: FoundTarget,
  method: string,
  args: readonly Value[],
): FoundTarget | undefined {
  const [first] = args;
  switch (method) {
    case 'first':
      return { ...target, nth: 0 };
    case 'nth': {
      const number = Number(textOf(first));
      return Number.isInteger(number) && number >= 0
        ? { ...target, nth: number }
        : { ...target, problem: 'a plan counts from the first' };
    }
    case 'last':
      return { ...target, problem: 'a plan counts from the first, and cannot name the last' };
    case 'filter': {
      const has = optionOf(first, 'has');
      const words =
        wordsOf(optionOf(first, 'hasText')) ??
        (has?.kind === 'locator' && has.target.name !== ''
          ? { text: has.target.name, exact: false }
          : undefined);
      if (isTrue(optionOf(first, 'visible'))) return target;
      if (words === undefined || (target.name !== '' && target.name !== words.text))
        return { ...target, problem: target.problem ?? 'a plan narrows by one text only' };
      return { ...target, name: words.text, exact: false };
    }
    case 'and':
    case 'or':
      return { ...target, problem: 'a plan names one thing, not one of two' };
    default:
      return undefined;
  }
}

/** The target as a plan has it; undefined when none can. */
export function planTarget({ problem, role, name, exact, nth, within }: FoundTarget): Target | undefined {
  if (problem !== undefined || role === '' || (role === ANY && name === '')) return undefined;
  return { role, name, exact, ...(nth !== undefined && { nth }), ...(within && { within }) };
}
