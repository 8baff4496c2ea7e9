import { DecisionSchema, findTargetIndex } from '@showrunner/contracts';
import type { Decision, PageSnapshot, StepAction, StepToDecide } from '@showrunner/contracts';
import { describe, targetOf } from './rule-decider';

/**
 * What a decider answered, as far as it can be true of this page: a target that the page does not have, or none where the action needs
 * one, is `missing`. Whoever decided, nothing is acted on that is not there.
 */
export function checkedDecision(answer: Decision, page: PageSnapshot, step: StepToDecide): Decision {
  const decision = DecisionSchema.parse(answer);
  if (decision.outcome !== 'resolved' || targetOf(step.action) === undefined) return decision;
  const { target } = decision;
  const missing = (evidence: string): Decision => ({
    ...decision,
    outcome: 'missing',
    target: null,
    confidence: 0,
    evidence,
  });
  if (target === null) return missing(`${decision.by} named nothing to act on.`);
  const element = page.elements[findTargetIndex(page, target)];
  const named = describe(target).slice(0, 300);
  if (element === undefined) return missing(`There is no ${named} on the page.`);
  return element.disabled === true
    ? { ...decision, outcome: 'disabled', evidence: `The ${named} is disabled.` }
    : decision;
}

/** The action on what was decided instead of what the plan names. */
export const decidedAction = (action: StepAction, { target }: Decision): StepAction =>
  target === null || !('target' in action) ? action : { ...action, target };
