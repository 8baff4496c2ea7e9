import { findTargets, foldText } from '@showrunner/contracts';
import type { Condition, PageElement, PageSnapshot, Target } from '@showrunner/contracts';

const FIELDS = ['textbox', 'searchbox', 'combobox'];
/** Numbers and keys that are others each time. */
const PASSING = /\d{4,}|[0-9a-f]{8,}/i;

/**
 * That a field has come which holds the text that was entered elsewhere: apps that let their things be changed where they stand show them in fields.
 * Undefined when only those hold it that it was entered into, as `set` names them, or as many as before.
 */
export function fieldMade(
  text: string,
  before: PageSnapshot,
  after: PageSnapshot,
  set: readonly Target[],
): Condition | undefined {
  const [then, now] = [holding(before, text, set), holding(after, text, set)];
  // A form that is gone or called otherwise is no new thing: its own field counts as one that held the text.
  const known = now.own.length < then.own.length && now.own.length === 0 ? then.own.length : 0;
  const isMore = now.others.length > then.others.length + known;
  const field = isMore ? now.others.find(({ name }) => !PASSING.test(name)) : undefined;
  if (field === undefined) return undefined;
  const target: Target = { role: field.role, name: foldText(field.name), exact: true };
  const equals = findTargets(after.elements, target);
  return {
    kind: 'value',
    target: equals.length > 1 ? { ...target, nth: equals.indexOf(field) } : target,
    equals: field.value,
  };
}

/** Fields with this text: those that it was entered into, as far as they are there at all, and others that hold it. */
function holding(
  { elements }: PageSnapshot,
  text: string,
  set: readonly Target[],
): { own: PageElement[]; others: PageElement[] } {
  const own = set.flatMap((target) => findTargets(elements, target).slice(0, 1));
  const others = elements.filter(
    (one) => FIELDS.includes(one.role) && foldText(one.value) === foldText(text) && !own.includes(one),
  );
  return { own, others };
}
