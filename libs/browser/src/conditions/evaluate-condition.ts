import {
  InvalidInputError,
  type Condition,
  type PageElement,
  type PageSnapshot,
} from '@showrunner/contracts';
import { findTarget } from './find-target';

/**
 * Whether a condition holds on the page `now`. `before` is the page before the step, for conditions that compare (`count.change`,
 * `themeChanged`); without it those do not hold. Throws InvalidInputError `bad_pattern` for an unusable regular expression.
 */
export const evaluateCondition = (
  condition: Condition,
  before: PageSnapshot | undefined,
  now: PageSnapshot,
): boolean => {
  switch (condition.kind) {
    case 'textVisible':
      return showsText(now, condition.text);
    case 'textHidden':
      return !showsText(now, condition.text);
    case 'elementVisible':
      return findTarget(now, condition.target) !== undefined;
    case 'elementHidden':
      return findTarget(now, condition.target) === undefined;
    case 'url':
      return (
        (condition.path !== undefined || condition.pattern !== undefined) &&
        (condition.path === undefined || now.path === condition.path) &&
        (condition.pattern === undefined || patternOf(condition.pattern).test(now.path))
      );
    case 'count': {
      const count = countOf(now, condition);
      if (condition.equals === undefined && condition.change === undefined) return false;
      if (condition.equals !== undefined && count !== condition.equals) return false;
      if (condition.change === undefined) return true;
      if (before === undefined) return false;
      const earlier = countOf(before, condition);
      return condition.change === 'more' ? count > earlier : count < earlier;
    }
    case 'value': {
      const element = findTarget(now, condition.target);
      return (
        element !== undefined &&
        element.value ===
          (element.inputType === 'password' ? '•'.repeat(condition.equals.length) : condition.equals)
      );
    }
    case 'state':
      return findTarget(now, condition.target)?.[condition.state] === condition.equals;
    case 'themeChanged':
      return before !== undefined && before.theme !== now.theme;
    case 'inViewport':
      return findTarget(now, condition.target)?.inViewport === true;
  }
};

const showsText = (page: PageSnapshot, text: string): boolean => fold(page.text).includes(fold(text));

const countOf = (page: PageSnapshot, { role, name }: { role: string; name?: string }): number =>
  page.elements.filter(
    (element: PageElement) =>
      element.role === role && (name === undefined || fold(element.name) === fold(name)),
  ).length;

const patternOf = (pattern: string): RegExp => {
  try {
    return new RegExp(pattern);
  } catch (cause) {
    throw new InvalidInputError(
      'bad_pattern',
      `The success condition has an unusable regular expression: ${pattern}`,
      {
        remedy: 'Correct the pattern in the plan.',
        cause,
      },
    );
  }
};

const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();
