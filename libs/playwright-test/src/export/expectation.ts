import { SECRET_MASK } from '@showrunner/contracts';
import type { Condition, Step } from '@showrunner/contracts';
import { quote, textPattern } from './literal';
import { locatorOf, locatorOfAll } from './locator';
import type { PageFunction } from './page-functions';

/** Lines that stand before and after the action of a step, and the functions that they call. */
export interface Expectation {
  before: string[];
  after: string[];
  calls: PageFunction[];
}

const ONE_ELEMENT = '.filter({ visible: true })';
const FIELDS = ['textbox', 'searchbox', 'spinbutton'];

type Proved = Pick<Step, 'success' | 'also' | 'timeoutMs'>;

/**
 * What a step is to bring about as expectations.
 * @param typed texts that this feature has entered: each stands in one element when it is seen
 */
export const expectationOf = (
  { success, also = [], timeoutMs }: Proved,
  typed: readonly string[],
): Expectation =>
  joined(
    ...[success, ...also].map((condition, at) =>
      conditionOf(condition, timeoutMs, typed, at === 0 ? '' : String(at + 1)),
    ),
  );

const joined = (...all: Expectation[]): Expectation => ({
  before: [...new Set(all.flatMap(({ before }) => before))],
  after: [...new Set(all.flatMap(({ after }) => after))],
  calls: all.flatMap(({ calls }) => calls),
});

/** @param number of the condition in its step, where it is not the only one: names of what is remembered end with it */
function conditionOf(
  success: Condition,
  timeoutMs: number,
  typed: readonly string[],
  number: string,
): Expectation {
  const timeout = timeoutMs === DEFAULT_MS ? '' : `{ timeout: ${timeoutMs} }`;
  const last = timeout === '' ? '' : `, ${timeout}`;
  const expects = (after: string | string[], more: Partial<Expectation> = {}): Expectation => ({
    ...{ before: [], calls: [], after: [after].flat() },
    ...more,
  });
  const isSeen = (text: string): Expectation => {
    if (!/\s/.test(text.trim()) || typed.includes(text))
      return expects(
        `await expect(page.getByText(${seenAs(text)})${ONE_ELEMENT}.first()).toBeVisible(${timeout});`,
      );
    return expects(polled('textOf(page)', `toMatch(${textPattern(text)})`), { calls: ['textOf'] });
  };
  const polled = (what: string, holds: string): string => `await expect.poll(() => ${what}${last}).${holds};`;
  const besideOf = (beside: string | undefined): Expectation =>
    beside === undefined ? expects([]) : isSeen(beside);

  switch (success.kind) {
    case 'textVisible':
      return isSeen(success.text);
    case 'textHidden':
      return joined(
        expects(polled('textOf(page)', `not.toMatch(${textPattern(success.text)})`), { calls: ['textOf'] }),
        besideOf(success.beside),
      );
    case 'elementVisible':
      return expects(`await expect(${locatorOf(success.target)}).toBeVisible(${timeout});`);
    case 'elementHidden':
      return joined(
        expects(`await expect(${locatorOfAll(success.target)}${ONE_ELEMENT}).toHaveCount(0${last});`),
        besideOf(success.beside),
      );
    case 'url':
      return expects(urlOf(success, last));
    case 'count':
      return countOf(success, number, last, polled);
    case 'textChanged':
      return expects(polled('textOf(page)', `not.toBe(said${number})`), {
        before: [`const said${number} = await textOf(page);`],
        calls: ['textOf'],
      });
    case 'value': {
      const field = locatorOf(success.target);
      if (success.target.role === 'video' || success.target.role === 'audio')
        return expects(
          polled(
            `${field}.evaluate((media: HTMLMediaElement) => (media.paused ? 'paused' : 'playing'))`,
            `toBe(${quote(success.equals)})`,
          ),
        );
      if (success.equals === SECRET_MASK)
        return expects(`await expect(${field}).not.toHaveValue(''${last});`);
      return FIELDS.includes(success.target.role)
        ? expects(`await expect(${field}).toHaveValue(${quote(success.equals)}${last});`)
        : expects(polled(`valueOf(${field})`, `toBe(${quote(success.equals)})`), { calls: ['valueOf'] });
    }
    case 'state':
      return stateOf(success, last, polled);
    case 'themeChanged':
      return expects(polled('lookOf(page)', `not.toBe(look${number})`), {
        before: [`const look${number} = await lookOf(page);`],
        calls: ['lookOf'],
      });
    case 'inViewport':
      return expects(`await expect(${locatorOf(success.target)}).toBeInViewport(${timeout});`);
    case 'under':
      return expects(
        polled(`isUnder(${locatorOf(success.target)}, ${locatorOf(success.heading)})`, 'toBe(true)'),
        {
          calls: ['isUnder'],
        },
      );
    case 'pictureChanged': {
      // A board of cells has no role that a locator could name.
      const isBoard = success.target.role === 'application' && success.target.name === '';
      const drawing = isBoard ? 'page' : locatorOf(success.target);
      return expects(
        polled(`${drawing}.screenshot().then((now) => now.equals(picture${number}))`, 'toBe(false)'),
        { before: [`const picture${number} = await ${drawing}.screenshot();`] },
      );
    }
    case 'done':
      return expects([]);
    case 'textOrder':
      return expects(
        polled(
          'textOf(page)',
          `toMatch(${textPattern(success.first).slice(0, -1)}.*?${textPattern(success.then).slice(1)})`,
        ),
        { calls: ['textOf'] },
      );
  }
}

const DEFAULT_MS = 8000;

/** A number must not be a part of a longer one; anything else is found as Playwright finds texts. */
const seenAs = (text: string): string =>
  /^\d|\d$/.test(text.trim()) || text.includes(SECRET_MASK) ? textPattern(text) : quote(text);

function urlOf({ path, pattern }: Extract<Condition, { kind: 'url' }>, last: string): string {
  const here = 'url.pathname + url.search + url.hash';
  const parts = [
    ...(path === undefined ? [] : [`${here} === ${quote(path)}`]),
    ...(pattern === undefined ? [] : [`new RegExp(${quote(pattern)}).test(${here})`]),
  ];
  return `await expect(page).toHaveURL((url) => ${parts.join(' && ') || 'false'}${last});`;
}

function countOf(
  { role, name, equals, change }: Extract<Condition, { kind: 'count' }>,
  number: string,
  last: string,
  polled: (what: string, holds: string) => string,
): Expectation {
  const all = locatorOfAll({ role, name: name ?? '', exact: name !== undefined });
  const exact = equals === undefined ? [] : [`await expect(${all}).toHaveCount(${equals}${last});`];
  if (change === undefined) return { before: [], after: exact, calls: [] };
  const than = change === 'more' ? `toBeGreaterThan(count${number})` : `toBeLessThan(count${number})`;
  return {
    before: [`const count${number} = await ${all}.count();`],
    after: [polled(`${all}.count()`, than), ...exact],
    calls: [],
  };
}

function stateOf(
  { target, state, equals }: Extract<Condition, { kind: 'state' }>,
  last: string,
  polled: (what: string, holds: string) => string,
): Expectation {
  const control = locatorOf(target);
  if (state === 'checked' && ['checkbox', 'radio'].includes(target.role))
    return {
      ...{ before: [], calls: [] },
      after: [`await expect(${control}).toBeChecked(${checkedOptions(equals, last)});`],
    };
  if (state === 'pressed')
    return {
      ...{ before: [], calls: [] },
      after: [`await expect(${control}).toHaveAttribute('aria-pressed', ${quote(String(equals))}${last});`],
    };
  return {
    ...{ before: [], calls: ['isIn'] },
    after: [polled(`isIn(${control}, ${quote(state)})`, `toBe(${equals})`)],
  };
}

const checkedOptions = (equals: boolean, last: string): string => {
  const timeout = last.replace(/^, \{ | \}$/g, '');
  const options = [...(equals ? [] : ['checked: false']), ...(timeout === '' ? [] : [timeout])];
  return options.length === 0 ? '' : `{ ${options.join(', ')} }`;
};
