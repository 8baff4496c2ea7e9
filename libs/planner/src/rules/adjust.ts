import type { Candidate, CandidateStep, Target } from '@showrunner/contracts';
import { foldText } from '@showrunner/contracts';
import { candidate, click, step } from '../candidate';
import { formsOf } from '../forms';
import { itemsOf } from '../items';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, shorten, turningOn } from '../words';

const SORTS = /\b(sort|order|language|locale|theme|per page)\b/i;
/** How far along a slider is put, and where when it is beyond that already. */
const FAR = 0.75;
const NEAR = 0.3;
const MOST = 3;
/** Bounds further apart are those of the machine. */
const WIDEST = 1_000_000;
/** Added to a number that stands in a field, for another one. */
const ANOTHER = 11;
/** So many options of a list are told. */
const LONG_LIST = 100;

/** Inputs whose effect shows at once, without sending anything: figures and charts that follow a slider, a select or a check box. */
export function adjustFeatures(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const sent = new Set(
      formsOf(view)
        .filter(
          (form) =>
            form.button !== undefined &&
            form.kind !== 'search' &&
            // Loose fields of numbers may be answered at once, whatever button stands after them.
            (form.container !== undefined || form.kind !== 'numbers'),
        )
        .flatMap((form) => form.fields.map((field) => field.index)),
    );
    const free = (node: Node): boolean =>
      isUsable(node) &&
      !sent.has(node.index) &&
      (stableName(node) !== '' || node.role !== 'slider') &&
      allowed(context, node.name);
    const made = [
      ...view
        .ofRole('slider')
        .filter(free)
        .slice(0, 2)
        .flatMap((node) => bySlider(view, node) ?? []),
      ...bySelects(view, free),
      ...byNumbers(view, free),
    ];
    return made.slice(0, MOST).map(({ title, way, score, node }) =>
      candidate({
        kind: 'calculate',
        variety: node.role === 'slider' ? 'slider' : 'choice',
        title,
        description: 'What depends on it follows at once.',
        startPath: view.path,
        steps: [...before, { ...way, needsEffect: true }],
        score: score - 3 * before.length,
        words: ['adjust change set slider chart value move', node.name, title],
        needsSignIn: view.page.signedIn,
      }),
    );
  });
}

interface Adjustment {
  title: string;
  way: CandidateStep;
  score: number;
  node: Node;
}

function bySlider(view: PageView, node: Node): Adjustment | undefined {
  const name = stableName(node);
  const target = stableTarget(view, node);
  const title = `Adjust the ${lowerFirst(name)}`;
  const base = { title, node, score: 84 };
  // A slider that is no input takes keys.
  if (node.inputType === undefined)
    return {
      ...base,
      way: step({ type: 'press', key: 'End', target }, title, {
        kind: 'value',
        target,
        equals: node.max ?? '100',
      }),
    };
  const value = valueAlong(node);
  if (value === node.value) return undefined;
  return {
    ...base,
    way: step(
      { type: 'type', target, text: value, submit: false },
      `Set the ${lowerFirst(name)} to ${value}`,
      {
        kind: 'value',
        target,
        equals: value,
      },
    ),
  };
}

/** A value on the slider's scale, well away from where it stands. */
export function valueAlong({
  value,
  min = '0',
  max = '100',
  step: by = '1',
}: Pick<Node, 'value' | 'min' | 'max' | 'step'>): string {
  const [low, high] = [Number(min), Number(max)];
  const stride = Number(by) > 0 ? Number(by) : (high - low) / 100;
  const now = (Number(value) - low) / (high - low || 1);
  const share = now >= FAR - 0.15 ? NEAR : FAR;
  const steps = Math.round(((high - low) * share) / stride);
  const decimals = /\.(\d+)/.exec(by)?.[1]?.length ?? 0;
  // As the field itself writes it.
  return String(Number((low + steps * stride).toFixed(decimals)));
}

/** A select, a row of choices or a check box, where no list of things is filtered by it. */
function bySelects(view: PageView, free: (node: Node) => boolean): Adjustment[] {
  const drawsOrSlides = view.nodes.some(
    ({ picture, role }) => (picture !== undefined && !picture.startsWith('file-')) || role === 'slider',
  );
  if (!drawsOrSlides && itemsOf(view).length > 0) return [];
  const selects = view
    .ofRole('combobox')
    .filter((node) => free(node) && !SORTS.test(node.name) && (node.options?.length ?? 0) >= 2);
  const boxes = view
    .ofRole('checkbox', 'switch')
    .filter((node) => free(node) && node.checked === false && stableName(node) !== '');
  return [
    ...selects.slice(0, 1).flatMap((node): Adjustment[] => {
      const option = nextOption(node);
      const target = stableTarget(view, node);
      return option === undefined
        ? []
        : [
            {
              node,
              title:
                stableName(node) === ''
                  ? `Switch to ${shorten(option, 40)}`
                  : `Switch the ${lowerFirst(stableName(node))} to ${shorten(option, 40)}`,
              score: 70,
              way: step({ type: 'select', target, option }, `Choose ${shorten(option, 40)}`, {
                kind: 'value',
                target,
                equals: option,
              }),
            },
          ];
    }),
    // Of a plain setting its own state is all there is to see, which another rule shows.
    ...boxes.slice(0, drawsOrSlides ? 1 : 0).map((node): Adjustment => {
      const target = view.targetOf(node);
      return {
        node,
        title: turningOn(stableName(node)),
        score: 73,
        way: click(target, turningOn(stableName(node)), {
          kind: 'state',
          target,
          state: 'checked',
          equals: true,
        }),
      };
    }),
  ];
}

/** The choice after the one that stands there, so that what follows it is near: of years the next, not the first of all. */
function nextOption({ options = [], value }: Node): string | undefined {
  const at = options.indexOf(value);
  // Of a long list the page tells the first ones only: a number has its neighbour all the same.
  if (at === -1 && options.length >= LONG_LIST && /^\d+$/.test(value)) return String(Number(value) + 1);
  return [...options.slice(at + 1), ...options.slice(0, Math.max(at, 0))].find(
    (one) => one !== value && one.trim() !== '' && !/^(select|choose|-)/i.test(one),
  );
}

/** A number that something else on the page follows as it is typed. */
function byNumbers(view: PageView, free: (node: Node) => boolean): Adjustment[] {
  const node = view
    .ofRole('spinbutton')
    .find((one) => free(one) && one.inputType === 'number' && /^-?\d+(?:[.,]\d+)?$/.test(one.value));
  if (node === undefined) return [];
  const bounded =
    node.min !== undefined && node.max !== undefined && Number(node.max) - Number(node.min) <= WIDEST;
  const value = bounded ? valueAlong(node) : String(Math.round(Number(node.value)) + ANOTHER);
  const name = stableName(node);
  const target = stableTarget(view, node);
  const title = name === '' ? `Enter ${value}` : `Set the ${lowerFirst(name)} to ${value}`;
  return [
    {
      ...{ title, node, score: 74 },
      way: step({ type: 'type', target, text: value, submit: false }, title, {
        ...{ kind: 'value', target, equals: value },
      }),
    },
  ];
}

/** The name up to the value that many labels repeat. */
const stableName = (node: Node): string =>
  readable(node.name)
    .replace(/[:(=]?\s*-?[\d€$£].*$/, '')
    .replace(/[:*]+$/, '')
    .trim();

export const stableTarget = (view: PageView, node: Node): Target => {
  const target = view.targetOf(node);
  const name = stableName(node);
  return name === foldText(node.name) ? target : { role: node.role, name, exact: false };
};

const lowerFirst = (name: string): string =>
  /^\p{Lu}\p{Lu}/u.test(name) ? name : name.slice(0, 1).toLowerCase() + name.slice(1);
