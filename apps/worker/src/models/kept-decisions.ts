import type { Decision, PerformedAction, Step } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { decisionKey } from '@showrunner/llm';
import type { DecisionCache } from '@showrunner/llm';

type Stored = Pick<Database, 'runs' | 'stepDecisions'>;

/** Decisions that were seen to be right in the project of this run. */
export const keptDecisions = ({ runs, stepDecisions }: Stored, runId: string): DecisionCache => ({
  async find({ step, fingerprint }) {
    const run = await runs.find(runId);
    return run === null
      ? undefined
      : stepDecisions.find({ projectId: run.projectId, stepHash: step, fingerprint });
  },
});

/**
 * Learns from a step that followed a decision of a model: verified, the decision is kept; a kept one that led to a failure is not given again. What was decided by
 * rules, or before it was known on what page, is nobody's lesson.
 */
export async function learnFrom(
  { runs, stepDecisions }: Stored,
  { runId, step }: { runId: string; step: Step },
  decision: Decision,
  record: PerformedAction,
): Promise<void> {
  const { fingerprint, decidedAt, cached, ...kept } = decision;
  if (fingerprint === undefined || decidedAt === undefined || decision.outcome !== 'resolved') return;
  const run = await runs.find(runId);
  if (run === null) return;
  const key = decisionKey(step, fingerprint);
  const place = { projectId: run.projectId, stepHash: key.step, fingerprint };
  const at = new Date(decidedAt);
  if (record.verified) await stepDecisions.keep(place, { ...kept, fingerprint, decidedAt }, at);
  else if (cached) await stepDecisions.fail(place, at);
}
