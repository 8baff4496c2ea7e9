import type { Condition, StepAction, Target } from '@showrunner/contracts';
import type { Recording } from './recording';
import { planTarget } from './targets';
import type { FoundTarget } from './targets';
import { isTrue, optionOf, textOf } from './values';
import type { Value } from './values';

/** Where a call stands, and how it reads. */
export interface Place {
  line: number;
  source: string;
}

const named = ({ name, role }: FoundTarget): string =>
  name === '' ? `the ${role === 'any' ? 'thing' : role}` : `“${name}”`;
/** What a visitor need not do, nor a film. */
const WAITS = new Set(['waitFor', 'focus', 'blur', 'scrollIntoViewIfNeeded', 'highlight', 'screenshot']);

/** A method of a locator that does something on the page; false when it is none. */
export function actOn(
  found: FoundTarget,
  method: string,
  args: readonly Value[],
  to: Recording,
  place: Place,
): boolean {
  if (WAITS.has(method)) return true;
  const step = actionOf(method, args, found);
  if (step === undefined) return false;
  const lose = (why: string): true => {
    to.lose(place.line, place.source, why);
    return true;
  };
  const target = planTarget(found);
  if (target === undefined) return lose(found.problem ?? 'it has no name that a visitor sees');
  if (step === 'upload') {
    to.lose(place.line, place.source, 'the file is not here; a sample picture is uploaded instead');
    to.act(
      place.line,
      { type: 'upload', target, file: 'harbour.png' },
      `Upload a picture to ${named(found)}`,
    );
    return true;
  }
  if (typeof step === 'string') return lose(step);
  const last = to.drafts[to.drafts.length - 1];
  // Enter after writing belongs to it: what was written is sent.
  const isSent = step.action.type === 'press' && step.action.key === 'Enter' && last?.conditions.length === 0;
  if (
    isSent &&
    last.action.type === 'type' &&
    JSON.stringify(last.action.target) === JSON.stringify(target)
  ) {
    last.action.submit = true;
    last.otherwise = { kind: 'done' };
    return true;
  }
  to.act(place.line, step.action(target), step.caption, step.otherwise?.(target));
  return true;
}

interface Acting {
  action: ((target: Target) => StepAction) & { type?: StepAction['type']; key?: string };
  caption: string;
  otherwise?: (target: Target) => Condition;
}

function actionOf(
  method: string,
  args: readonly Value[],
  found: FoundTarget,
): Acting | 'upload' | string | undefined {
  const [first] = args;
  const text = textOf(first);
  const it = named(found);
  const checked = (equals: boolean): Acting => ({
    action: (target) => ({ type: 'click', target: asBox(target) }),
    caption: `Turn ${equals ? 'on' : 'off'} ${it}`,
    otherwise: (target) => ({ kind: 'state', target: asBox(target), state: 'checked', equals }),
  });
  const written = (value: string): Acting => ({
    action: (target) => ({ type: 'type', target, text: value, submit: false }),
    caption: value === '' ? `Empty ${it}` : `Write “${value}”`,
    otherwise: (target) => ({ kind: 'value', target, equals: value }),
  });
  switch (method) {
    case 'click':
    case 'tap': {
      const isRight = textOf(optionOf(first, 'button')) === 'right';
      return {
        action: (target) => ({ type: 'click', target, ...(isRight && { button: 'right' as const }) }),
        caption: `Click ${it}`,
      };
    }
    case 'dblclick':
      return { action: (target) => ({ type: 'doubleClick', target }), caption: `Double-click ${it}` };
    case 'hover':
      return { action: (target) => ({ type: 'hover', target }), caption: `Point at ${it}` };
    case 'fill':
    case 'type':
    case 'pressSequentially':
      return text === undefined ? 'what is written is not written here' : written(text);
    case 'clear':
      return written('');
    case 'press':
      return text === undefined
        ? 'the key is not written here'
        : {
            action: Object.assign((target: Target): StepAction => ({ type: 'press', key: text, target }), {
              ...{ type: 'press' as const, key: text },
            }),
            caption: `Press ${text}`,
          };
    case 'check':
      return checked(true);
    case 'uncheck':
      return checked(false);
    case 'setChecked':
      return first?.kind === 'literal' ? checked(isTrue(first)) : 'whether it is checked is not written here';
    case 'selectOption': {
      const label = textOf(optionOf(first, 'label'));
      const option = label ?? text ?? textOf(optionOf(first, 'value'));
      return option === undefined
        ? 'what is chosen is not written here'
        : {
            action: (target) => ({ type: 'select', target, option }),
            caption: `Choose “${option}”`,
            ...(label !== undefined && {
              otherwise: (target) => ({ kind: 'value', target, equals: option }),
            }),
          };
    }
    case 'dragTo': {
      const to = first?.kind === 'locator' ? planTarget(first.target) : undefined;
      return to === undefined
        ? 'where it is dragged to has no name that a visitor sees'
        : {
            action: (target) => ({ type: 'drag', target, to }),
            caption: `Drag ${it} to ${to.name === '' ? `the ${to.role}` : `“${to.name}”`}`,
          };
    }
    case 'setInputFiles':
      return 'upload';
    default:
      return undefined;
  }
}

/** A label stands for whatever field it belongs to; of what is checked, for the box. */
const asBox = (target: Target): Target => target;

/** A method of the page itself, or of its keyboard; false when it does nothing that a plan could hold. */
export function actOnPage(method: string, args: readonly Value[], to: Recording, place: Place): boolean {
  const text = textOf(args[0]);
  switch (method) {
    case 'goto':
      return goTo(text, to, place);
    case 'goBack':
      to.act(place.line, { type: 'back' }, 'Go back');
      return true;
    case 'press':
      if (text === undefined) return false;
      to.act(place.line, { type: 'press', key: text }, `Press ${text}`);
      return true;
    default:
      return QUIET.has(method);
  }
}

/** Said to a browser, not to an app. */
const QUIET = new Set(
  `waitForTimeout waitForLoadState waitForResponse waitForRequest waitForEvent setViewportSize bringToFront screenshot close pause title url
  setDefaultTimeout setDefaultNavigationTimeout`.split(/\s+/),
);

function goTo(text: string | undefined, to: Recording, { line, source }: Place): boolean {
  const path = text === undefined ? undefined : pathOf(text);
  if (path === undefined) to.lose(line, source, 'the address is not written here');
  else if (to.drafts.length === 0) to.startPath = path;
  else to.act(line, { type: 'navigate', path }, `Open ${path}`, { kind: 'url', path });
  return true;
}

/** Path, query and hash of an address, wherever it leads: a film knows one app. */
export function pathOf(address: string): string | undefined {
  try {
    const url = new URL(address, 'http://app.invalid/');
    return /^https?:$/.test(url.protocol) ? url.pathname + url.search + url.hash : undefined;
  } catch {
    return undefined;
  }
}
