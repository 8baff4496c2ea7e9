import { Inject } from '@nestjs/common';
import type { Database } from '@showrunner/database';
import { LOGGER, PLATFORM_DATABASE, PeriodicTask } from '@showrunner/service';
import type { Resources } from '@showrunner/service';

export const RUN_BUDGET = Symbol('RUN_BUDGET');
/** US dollars that the sandbox of a run without a budget of its own may cost; undefined: no bound. */
export interface RunBudget {
  usd?: number;
}

const EVERY_MS = 5_000;

/** Asks the runs to end whose sandboxes have cost all that they may. The reconciler of runs tells their workflows. */
export class RunBudgets extends PeriodicTask {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(RUN_BUDGET) private readonly budget: RunBudget,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {
    super({ everyMs: EVERY_MS, logger, failure: 'The costs of runs could not be looked at' });
  }

  protected runOnce(): Promise<void> {
    return this.check();
  }

  /** One look at every run that goes on. */
  async check(): Promise<void> {
    const { sandboxUsage, runs } = this.database;
    for (const { runId, budgetUsd } of await sandboxUsage.overBudgetRuns(this.budget.usd ?? null)) {
      if (await runs.requestStop(runId, 'budget'))
        this.logger.warn({ runId, budgetUsd }, 'A run costs too much');
    }
  }
}
