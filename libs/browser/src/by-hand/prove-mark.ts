import { evaluateCondition, type Step, type SuccessClaim } from '@showrunner/contracts';
import { explain, wrongPage } from '../steps/failures';
import { PACES } from '../steps/pace';
import { proveStep } from '../steps/prove-step';
import { waitUntil } from '../steps/wait-until';
import type { ByHandParts } from './use-tool';
import type { Judgement } from '../steps/judge';

/** What was marked may take a moment to be seen. */
const PATIENCE_MS = 5000;

export type Proof = Pick<Judgement, 'evidence' | 'reason'> & { isVerified: boolean };

/**
 * Looks whether the condition of a mark of success holds now, did not before anything was done since the start, and whether anything that page or
 * server said speaks against it: held to what a step of a film is held to.
 */
export async function proveMark(
  { context: { observer, origin }, actions }: Pick<ByHandParts, 'context' | 'actions'>,
  { condition, kind }: SuccessClaim,
): Promise<Proof> {
  const first = actions.first;
  if (first === undefined) return unproven('Nothing was done since the feature began.');
  if (condition.kind === 'done') return unproven('That something was done proves nothing.');
  if (evaluateCondition(condition, first, first))
    return unproven('The condition held before the first action, so it proves nothing.');
  const holding = await waitUntil(async () => {
    const page = await observer.snapshot();
    return evaluateCondition(condition, page, first) ? page : undefined;
  }, Date.now() + PATIENCE_MS);
  const cause = actions.causeOf(condition);
  if (holding === undefined || cause === undefined)
    return unproven(`It cannot be seen: ${explain(condition)}.`);
  const step: Step = { action: cause.action, caption: 'mark', success: condition, timeoutMs: PATIENCE_MS };
  const { verdict, evidence, reason, rest } = await proveStep(observer, {
    ...{ step, kind, typed: actions.typed, first: { ...cause.before, page: first }, actMs: cause.actMs },
    ...{ holds: true, seen: holding, stability: PACES.normal.shown },
  });
  const left = wrongPage(observer, origin, rest);
  if (left !== undefined) return { isVerified: false, evidence, reason: left };
  if (verdict === 'verified') return { isVerified: true, evidence };
  return { isVerified: false, evidence, reason: reason ?? 'It did not hold once the page was at rest.' };
}

const unproven = (reason: string): Proof => ({ isVerified: false, evidence: [], reason });
