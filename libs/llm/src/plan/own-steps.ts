import { foldText, textIsVisible } from '@showrunner/contracts';
import type { CandidateStep, Condition, PageElement, PageSnapshot, StepAction } from '@showrunner/contracts';
import { suits } from '../guard';
import { uniqueTarget } from '../page-words';
import { plain } from '../prompts/page-data';
import type { PlannedStep } from './plan-answer';
import type { ListedPage } from './plan-prompt';
import { titleWorthSaying } from './worth-saying';

const TIMEOUT_MS = 8000;
const LONGEST_TEXT = 200;
/** Keys that move, open and close; none that a browser or a system takes for itself. */
const KEYS = new Set([
  ...[
    'Enter',
    'Escape',
    'Space',
    'ArrowUp',
    'ArrowDown',
    'ArrowLeft',
    'ArrowRight',
    'Home',
    'End',
    'PageUp',
    'PageDown',
  ],
]);

export interface OwnSteps {
  /** Paths that were explored: a link to one of them proves itself by its address. */
  paths: ReadonlySet<string>;
  /** Whether pressing Enter in this field could do what must not be done. */
  submitsHarm(field: PageElement): boolean;
}

/** The steps of a model as the plan has them, or in words why they cannot be. */
export function ownSteps(
  planned: readonly PlannedStep[],
  listed: ListedPage,
  context: OwnSteps,
): { steps: CandidateStep[] } | { wrong: string } {
  const steps: CandidateStep[] = [];
  for (const one of planned) {
    const made = ownStep(one, listed, context);
    if ('wrong' in made) return made;
    steps.push(made.step);
  }
  return steps.length === 0 ? { wrong: 'it has no steps' } : { steps };
}

function ownStep(
  planned: PlannedStep,
  { page, elements }: ListedPage,
  { paths, submitsHarm }: OwnSteps,
): { step: CandidateStep } | { wrong: string } {
  const { snapshot } = page;
  const element = planned.element === null ? undefined : elements.get(planned.element);
  if (element === undefined) return { wrong: 'it names something that is not on the page' };
  const action = actionOf(planned, snapshot, element);
  if (action === undefined || !suits(action, element, false))
    return { wrong: `it wants to ${planned.do} what that cannot be done with` };
  const submits = action.type === 'press' && action.key === 'Enter';
  if (submits && submitsHarm(element)) return { wrong: 'it sends a form that must not be sent' };
  const name = foldText(element.name) || foldText(element.text ?? '') || foldText(element.placeholder ?? '');
  const caption =
    titleWorthSaying(planned.caption, 120, [name, planned.text ?? '']) ??
    `${SAID[planned.do]} “${plain(name, 60)}”`;
  const { success, learn } = successOf(action, element, snapshot, planned.expect, paths);
  return { step: { action, caption, success, timeoutMs: TIMEOUT_MS, ...(learn && { learn }) } };
}

const SAID: Record<PlannedStep['do'], string> = {
  click: 'Click',
  type: 'Fill in',
  press: 'Press a key in',
  select: 'Choose in',
  hover: 'Point at',
  scroll: 'Scroll to',
};

function actionOf(planned: PlannedStep, page: PageSnapshot, element: PageElement): StepAction | undefined {
  const target = uniqueTarget(page, element);
  const text = planned.text === null ? '' : plain(planned.text, LONGEST_TEXT);
  switch (planned.do) {
    case 'type':
      return text === '' ? undefined : { type: 'type', target, text, submit: false };
    case 'press':
      return KEYS.has(text) ? { type: 'press', key: text, target } : undefined;
    case 'select': {
      const option = element.options?.find((one) => foldText(one) === text);
      return option === undefined ? undefined : { type: 'select', target, option };
    }
    default:
      return { type: planned.do, target };
  }
}

/** What is known to hold afterwards; else a guess, and the rehearsal looks what happens. */
function successOf(
  action: StepAction,
  { href, role }: PageElement,
  page: PageSnapshot,
  expect: string | null,
  paths: ReadonlySet<string>,
): { success: Condition; learn?: true } {
  if (action.type === 'type')
    return { success: { kind: 'value', target: action.target, equals: action.text } };
  if (action.type === 'scroll') return { success: { kind: 'inViewport', target: action.target } };
  if (
    action.type === 'click' &&
    role === 'link' &&
    href !== undefined &&
    paths.has(href) &&
    href !== page.path
  )
    return { success: { kind: 'url', path: href }, learn: true };
  const text = expect === null ? '' : plain(expect, 80);
  return text.length >= 2 && !textIsVisible(page, text)
    ? { success: { kind: 'textVisible', text }, learn: true }
    : { success: { kind: 'themeChanged' }, learn: true };
}
