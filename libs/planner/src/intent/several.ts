import type { CandidateStep } from '@showrunner/contracts';
import { candidate } from '../candidate';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { shorten } from '../words';
import { asAsked } from './as-asked';
import type { Answers } from './act-on-row';
import { clickOn, nameOf } from './controls';
import type { IntentPart } from './read-intent';
import { listedNames } from './listed-names';
import { rowsOf } from './rows';

const BOXES = ['checkbox', 'switch', 'generic', 'button'];
const MOST = 20;

/** The names of a list; a noun before the first is that of all: `seats B3 and B4`. */
function namesIn({ value, object }: IntentPart): string[] {
  const names = listedNames((value ?? object).replace(/^(?:the|die|les|los|las)\s+/iu, ''));
  const [, noun, first] = /^(\p{L}{3,})s\s+(\S+)$/u.exec(names[0] ?? '') ?? [];
  return noun === undefined || first === undefined
    ? names
    : [first, ...names.slice(1)].map((name) => `${noun} ${name}`);
}

/** Whether the value is a list of names, of which at least one is that of a box: then one of them alone is not what was asked for. */
export const namesSeveral = (part: IntentPart, context: RulesContext): boolean => {
  const names = namesIn(part);
  return names.length > 1 && context.views.some((view) => names.some((name) => boxNamed(view, name)));
};

/** "Select a, b and c": each of the boxes that are named, all or none. */
export function chooseSeveral(part: IntentPart, context: RulesContext): Answers {
  const names = namesIn(part);
  if (names.length < 2 || names.length > MOST) return { candidates: [], reason: '' };
  let reason = '';
  const candidates = context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const boxes = names.map((name) => boxNamed(view, name));
    const missing = names.find((_, at) => boxes[at] === undefined);
    if (missing !== undefined) {
      reason ||= `Nothing that could be ticked is called “${shorten(missing, 60)}”.`;
      return [];
    }
    const steps = boxes.flatMap((box): CandidateStep[] =>
      box === undefined || box.checked === true
        ? []
        : [clickOn(view, box, view.targetOf(box), `Tick ${shorten(nameOf(box), 60)}`)],
    );
    if (steps.length === 0) {
      reason ||= 'All of them are ticked already.';
      return [];
    }
    return [
      candidate({
        kind: 'toggle',
        title: `Choose ${shorten(names.join(', '), 80)}`,
        ...asAsked(view),
        steps: [...before, ...steps],
        score: 92 - 3 * before.length,
        words: names,
        about: names[names.length - 1],
      }),
    ];
  });
  return { candidates, reason };
}

/** By its whole name alone: one of several is not guessed. */
const boxNamed = (view: PageView, name: string): Node | undefined => {
  const boxes = view.nodes.filter((node) => BOXES.includes(node.role) && isUsable(node));
  return (
    boxes.find((node) => nameOf(node) === name) ??
    boxes.find((node) => nameOf(node).toLowerCase() === name.toLowerCase())
  );
};

/** "Tick all items": each box of the rows by itself, so that each is proven; what only says that all are ticked proves none. */
export function tickAll(context: RulesContext): Answers {
  const candidates = context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    const boxes = rowsOf(view).flatMap((row) => {
      const own = row.members.filter((node) => node.role === 'checkbox' && isUsable(node));
      return own.length === 1 ? own : [];
    });
    const all = [...new Map(boxes.map((node) => [node.index, node])).values()];
    const open = all.filter(({ checked }) => checked === false);
    if (before === undefined || open.length === 0 || all.length < 2 || open.length > MOST) return [];
    return [
      candidate({
        kind: 'toggle',
        title: `Tick all ${all.length}`,
        ...asAsked(view),
        steps: [
          ...before,
          ...open.map((box) => clickOn(view, box, view.targetOf(box), `Tick ${shorten(nameOf(box), 60)}`)),
        ],
        score: 92 - 3 * before.length,
      }),
    ];
  });
  return { candidates, reason: 'No list was found of which each entry has a box that could be ticked.' };
}
