import { ANY, FIELD } from '@showrunner/contracts';
import type { Condition } from '@showrunner/contracts';
import { pathOf } from './actions';
import { planTarget } from './targets';
import type { FoundTarget } from './targets';
import { isTrue, optionOf, textOf, wordsOf } from './values';
import type { Value } from './values';

/** What an expectation means for a plan: conditions, and what it says that they do not. */
export interface Expected {
  conditions: Condition[];
  lost?: string;
}

const lost = (why: string): Expected => ({ conditions: [], lost: why });
const one = (condition: Condition, less?: string): Expected => ({
  conditions: [condition],
  ...(less !== undefined && { lost: less }),
});
const UNSEEN = 'it is nothing that a visitor sees';
const ANYWHERE =
  'it is looked for on the whole page, since what it should stand in has no name that a visitor sees';

/** Named by their text, so that a text in them is their name. */
const HOLDS_TEXT = new Set(
  'listitem row cell heading button link status alert article tab option menuitem columnheader rowheader treeitem gridcell'.split(
    ' ',
  ),
);

/** `expect(page).toHaveURL(…)` and its like. */
export function expectedOfPage(matcher: string, args: readonly Value[], isNot: boolean): Expected {
  if (matcher === 'toHaveTitle') return lost('the title of the tab is not seen in a film');
  if (matcher !== 'toHaveURL') return lost(UNSEEN);
  if (isNot) return lost('a plan says where the page is, not where it is not');
  const [first] = args;
  if (first?.kind === 'regex')
    return /^\^?https?:/.test(first.source)
      ? lost('the address of the server differs')
      : one({ kind: 'url', pattern: first.source });
  const text = textOf(first);
  if (text === undefined) return lost('the address is not written here');
  if (/[*{]/.test(text)) return one({ kind: 'url', pattern: globPattern(text) });
  const path = pathOf(text);
  return path === undefined ? lost('the address is not written here') : one({ kind: 'url', path });
}

const globPattern = (glob: string): string =>
  `${glob
    .replace(/^https?:\/\/[^/]+/, '')
    .replace(/^\*\*/, '')
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')}$`;

/** `expect(locator).…` as conditions. */
export function expectedOf(
  found: FoundTarget,
  matcher: string,
  args: readonly Value[],
  isNot: boolean,
): Expected {
  const [first, second] = args;
  const target = planTarget(found);
  const problem = found.problem ?? 'it has no name that a visitor sees';
  const state = (name: 'checked' | 'pressed' | 'expanded' | 'selected', equals: boolean): Expected =>
    target === undefined ? lost(problem) : one({ kind: 'state', target, state: name, equals });
  switch (matcher) {
    case 'toBeVisible':
      return isTrueOr(first, 'visible') === isNot ? hidden(found) : shown(found);
    case 'toBeHidden':
      return isNot ? shown(found) : hidden(found);
    case 'toBeAttached':
      return isNot ? hidden(found) : shown(found);
    case 'toHaveText':
    case 'toContainText':
      return withText(found, first, matcher === 'toHaveText', isNot);
    case 'toHaveValue': {
      const value = textOf(first);
      if (value === undefined || isNot) return lost('a plan says the whole value');
      return target === undefined ? lost(problem) : one({ kind: 'value', target, equals: value });
    }
    case 'toBeEmpty':
      return target === undefined || isNot ? lost(problem) : one({ kind: 'value', target, equals: '' });
    case 'toHaveCount':
      return counted(found, Number(textOf(first)), isNot);
    case 'toBeChecked':
      return state('checked', isTrueOr(first, 'checked') !== isNot);
    case 'toBeInViewport':
      return target === undefined || isNot ? lost(problem) : one({ kind: 'inViewport', target });
    case 'toHaveAttribute': {
      const name = /^aria-(checked|pressed|expanded|selected)$/.exec(textOf(first) ?? '')?.[1];
      const value = textOf(second);
      if (name === undefined || (value !== 'true' && value !== 'false')) return lost(UNSEEN);
      return state(name as 'checked', (value === 'true') !== isNot);
    }
    default:
      return lost(UNSEEN);
  }
}

const isTrueOr = (options: Value | undefined, name: string): boolean => {
  const option = optionOf(options, name);
  return option === undefined || isTrue(option);
};

function shown(found: FoundTarget): Expected {
  if (found.text !== undefined)
    return one({ kind: 'textVisible', text: found.text }, found.within && ANYWHERE);
  const target = planTarget(found);
  return target === undefined ? lost(found.problem ?? UNSEEN) : one({ kind: 'elementVisible', target });
}

function hidden(found: FoundTarget): Expected {
  if (found.text !== undefined && found.within === undefined)
    return one({ kind: 'textHidden', text: found.text });
  const target = planTarget(found);
  return target === undefined ? lost(found.problem ?? UNSEEN) : one({ kind: 'elementHidden', target });
}

function withText(found: FoundTarget, wanted: Value | undefined, isWhole: boolean, isNot: boolean): Expected {
  if (wanted?.kind === 'array') {
    if (isNot) return lost('a plan says what is there, not which list is not');
    const each = wanted.items.map((item) => withText({ ...found, name: '' }, item, false, false));
    const number = isWhole ? counted(found, wanted.items.length, false).conditions : [];
    const less = each.find((item) => item.lost !== undefined)?.lost;
    return {
      conditions: [...each.flatMap(({ conditions }) => conditions), ...number].slice(0, 8),
      ...(less !== undefined && { lost: less }),
    };
  }
  const words = wordsOf(wanted);
  if (words === undefined || words.text.trim() === '') return lost('the text is not written here');
  const canHold = found.problem === undefined && HOLDS_TEXT.has(found.role) && found.nth === undefined;
  if (canHold && (found.name === '' || words.text.includes(found.name))) {
    const target = {
      role: found.role,
      name: words.text,
      exact: isWhole && wanted?.kind !== 'regex',
      ...(found.within && { within: found.within }),
    };
    return one(isNot ? { kind: 'elementHidden', target } : { kind: 'elementVisible', target });
  }
  return one({ kind: isNot ? 'textHidden' : 'textVisible', text: words.text }, ANYWHERE);
}

function counted(found: FoundTarget, number: number, isNot: boolean): Expected {
  if (!Number.isInteger(number) || isNot) return lost('the number is not written here');
  if (number === 0) return hidden(found);
  const { role, name, exact, within, problem, nth } = found;
  if (problem !== undefined || nth !== undefined) return lost(problem ?? UNSEEN);
  if (role !== ANY && role !== FIELD && within === undefined && (name === '' || exact))
    return one({ kind: 'count', role, equals: number, ...(name !== '' && { name }) });
  return { ...shown(found), lost: 'that there is one is all that a plan can say of it' };
}
