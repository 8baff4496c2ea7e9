import type { ProduceVideoResult } from '@showrunner/contracts';
import { state } from './activity-options';
import { showState } from './search-attributes';

/** The run goes on only as long as it is paid for. */
export async function failOverBudget(runId: string, kept: ProduceVideoResult): Promise<ProduceVideoResult> {
  const failure = {
    code: 'budget_exceeded',
    message: 'The sandbox of this run cost more than its budget.',
    stage: 'budget',
    remedy: 'Give the run a larger budget (budgetUsd, or the setting RUN_BUDGET_USD), or a smaller sandbox.',
  };
  const verified = kept.outcomes.filter((outcome) => outcome.verified).length;
  const notes =
    verified > 0 ? [`${verified} features were proven before; their clips and actions are kept.`] : [];
  await state.setRunState({ runId, state: 'failed', message: failure.message, failure, notes });
  showState('failed', failure.message);
  return { ...kept, state: 'failed' };
}
