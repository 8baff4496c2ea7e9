import { setTimeout as delay } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Database } from '@showrunner/database';
import { DATABASE, LOGGER } from '@showrunner/service';
import type { Resources } from '@showrunner/service';

export const RUN_BUDGET = Symbol('RUN_BUDGET');
/** US dollars that the sandbox of a run without a budget of its own may cost; undefined: no bound. */
export interface RunBudget {
  usd?: number;
}

const EVERY_MS = 5_000;

/** Asks the runs to end whose sandboxes have cost all that they may. The reconciler of runs tells their workflows. */
export class RunBudgets implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(RUN_BUDGET) private readonly budget: RunBudget,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {}

  onApplicationBootstrap(): void {
    void this.loop();
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** One look at every run that goes on. */
  async check(): Promise<void> {
    const { sandboxUsage, runs } = this.database;
    for (const { runId, budgetUsd } of await sandboxUsage.overBudgetRuns(this.budget.usd ?? null)) {
      if (await runs.requestStop(runId, 'budget'))
        this.logger.warn({ runId, budgetUsd }, 'A run costs too much');
    }
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.check();
      } catch (error) {
        // A store that is away: the next look tries again.
        this.logger.warn({ err: error }, 'The costs of runs could not be looked at');
      }
      await delay(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
