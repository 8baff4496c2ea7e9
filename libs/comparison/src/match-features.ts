import { canonicalJson } from '@showrunner/contracts';
import type { Feature } from '@showrunner/contracts';

/** Whether two features do the same to the same things and claim the same, whatever they are called. */
export const doesTheSame = (one: Feature, other: Feature): boolean => deedOf(one) === deedOf(other);

/** Whether two plans do the same in the same order: driving one of them is driving the other. */
export const planTheSame = (one: readonly Feature[], other: readonly Feature[]): boolean =>
  one.length === other.length &&
  one.every((feature, n) => {
    const there = other[n];
    return there !== undefined && feature.id === there.id && doesTheSame(feature, there);
  });

const deedOf = ({ startPath, steps }: Feature): string =>
  canonicalJson({
    startPath,
    steps: steps.map(({ action, success, also }) => ({ action, success, ...(also && { also }) })),
  });

/** Names of what a step acts on, and of the page where the feature starts for step -1: what would stand in the source. */
export function namesOfStep(feature: Feature, step: number): string[] {
  if (step < 0) return feature.startPath === null ? [] : [feature.startPath];
  const action = feature.steps[step]?.action;
  if (action === undefined) return [];
  const names = 'target' in action && action.target !== undefined ? [action.target.name] : [];
  if (action.type === 'navigate') names.push(action.path);
  if (action.type === 'select') names.push(action.option);
  return names.filter((name) => name !== '');
}
