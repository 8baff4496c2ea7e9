import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { SandboxProviderName } from '@showrunner/contracts';
import { DEFAULT_PROVIDER, Idempotency } from '@showrunner/service';
import { Deletions } from '@showrunner/service/deletions';
import { RunHistories } from '../history/run-histories';
import { CheckController } from '../checks/check.controller';
import { CheckService } from '../checks/check.service';
import { ComparisonController } from '../comparison/comparison.controller';
import { ComparisonService } from '../comparison/comparison.service';
import { ManualSessionsController } from '../manual-sessions/manual-sessions.controller';
import { ManualSessionsService } from '../manual-sessions/manual-sessions.service';
import { RunTestController } from '../playwright/run-test.controller';
import { ReplayController } from '../replay/replay.controller';
import { ReplayService } from '../replay/replay.service';
import { RUN_BUDGET, RunBudgets } from './run-budgets';
import type { RunBudget } from './run-budgets';
import { PlanReviewController } from './plan-review.controller';
import { RunFactsController } from './run-facts.controller';
import { RunLogs } from './run-logs';
import { RUN_QUOTA_SETTINGS, RunQuotas } from './run-quotas';
import type { RunQuotaSettings } from './run-quotas';
import { RunReconciler } from './run-reconciler';
import { RunStates } from './run-states';
import { ON_SANDBOX_LOST, RUN_LINKS, RunWorkflows } from './run-workflows';
import type { OnSandboxLost, RunLinks } from './run-workflows';
import { RunsController } from './runs.controller';
import { RunsService } from './runs.service';

@Module({
  controllers: [
    RunsController,
    RunFactsController,
    PlanReviewController,
    RunTestController,
    ReplayController,
    CheckController,
    ComparisonController,
    ManualSessionsController,
  ],
})
export class RunsModule {
  static of(
    links: RunLinks,
    defaultProvider: SandboxProviderName,
    onSandboxLost: OnSandboxLost,
    budget: RunBudget,
    quotas: RunQuotaSettings,
  ): DynamicModule {
    return {
      module: RunsModule,
      providers: [
        { provide: RUN_LINKS, useValue: links },
        { provide: DEFAULT_PROVIDER, useValue: defaultProvider },
        { provide: ON_SANDBOX_LOST, useValue: onSandboxLost },
        { provide: RUN_BUDGET, useValue: budget },
        { provide: RUN_QUOTA_SETTINGS, useValue: quotas },
        RunBudgets,
        RunQuotas,
        Deletions,
        Idempotency,
        CheckService,
        ComparisonService,
        ManualSessionsService,
        ReplayService,
        RunHistories,
        RunLogs,
        RunReconciler,
        RunsService,
        RunStates,
        RunWorkflows,
      ],
    };
  }
}
