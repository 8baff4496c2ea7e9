import { createHash } from 'node:crypto';
import { canonicalJson } from '@showrunner/contracts';
import type { Decision, StepToDecide } from '@showrunner/contracts';

/** Where a decision was made: the step of a plan, whatever the run, and what the page showed. */
export interface DecisionKey {
  /** Hash of what the step does and says. */
  step: string;
  fingerprint: string;
}

/**
 * Port: decisions of models that were seen to be right, of one project. What was kept counts until a step that followed it failed; an older decision never takes
 * the place of a newer one, however late it comes.
 */
export interface DecisionCache {
  find(key: DecisionKey): Promise<Decision | undefined>;
}

export const decisionKey = ({ action, caption }: StepToDecide, fingerprint: string): DecisionKey => ({
  step: createHash('sha256').update(canonicalJson({ action, caption })).digest('hex'),
  fingerprint,
});
