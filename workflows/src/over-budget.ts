import type { RunFailure } from '@showrunner/contracts';

/** The run goes on only as long as it is paid for. */
export const OVER_BUDGET: RunFailure = {
  code: 'budget_exceeded',
  message: 'The sandbox of this run cost more than its budget.',
  stage: 'budget',
  remedy: 'Give the run a larger budget (budgetUsd, or the setting RUN_BUDGET_USD), or a smaller sandbox.',
};
