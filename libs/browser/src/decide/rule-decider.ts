import { findTargets } from '@showrunner/contracts';
import type {
  Decider,
  Decision,
  PageSnapshot,
  StepAction,
  StepToDecide,
  Target,
} from '@showrunner/contracts';

export const RULE_DECIDER = 'rules-1';

export const targetOf = (action: StepAction): Target | undefined =>
  'target' in action ? action.target : undefined;

export const describe = (target: Target): string => `${target.role}${target.name ? ` "${target.name}"` : ''}`;

/** Decides by role and name as the plan gives them, without I/O. The first of several equals is taken, with less confidence. */
export function resolveByRules(page: PageSnapshot, { action }: StepToDecide): Decision {
  const target = targetOf(action);
  const by = RULE_DECIDER;
  if (target === undefined)
    return { by, outcome: 'resolved', target: null, confidence: 1, evidence: 'The action needs no target.' };
  const found = findTargets(page.elements, target);
  const [element] = found;
  const named = describe(target).slice(0, 300);
  if (element === undefined)
    return {
      by,
      outcome: 'missing',
      target: null,
      confidence: 0,
      evidence: `There is no ${named} on the page.`,
    };
  if (element.disabled === true)
    return { by, outcome: 'disabled', target, confidence: 1, evidence: `The ${named} is disabled.` };
  const equals = found.length;
  return {
    by,
    outcome: 'resolved',
    target,
    confidence: 1 / equals,
    evidence:
      equals === 1
        ? `There is one ${named} on the page.`
        : `The first of ${equals} times ${named} on the page.`,
  };
}

export const ruleDecider: Decider = {
  name: RULE_DECIDER,
  resolve: (page, step) => Promise.resolve(resolveByRules(page, step)),
};
