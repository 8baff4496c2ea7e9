import type { IntentConfig } from '@showrunner/config';
import { previewBase } from '@showrunner/preview';
import { bootService, byInternalToken, openResources } from '@showrunner/service';
import type { RunningService, ServiceDefinition } from '@showrunner/service';
import { IntentsModule } from './intents/intents.module';
import { PlansModule } from './plans/plans.module';
import { RetentionModule } from './retention/retention.module';
import { SecretsModule } from './secrets/reseal-secrets';
import { RunsModule } from './runs/runs.module';

/** An exported history holds every event of four workflows. */
const MAX_HISTORY_BYTES = 64 * 1024 * 1024;

/** Intents, plans and runs. */
export function intentService(config: IntentConfig): ServiceDefinition {
  return {
    name: 'intent',
    needsTemporal: true,
    body: { largeJson: { '/api/runs/replay': MAX_HISTORY_BYTES } },
    modules: [
      IntentsModule,
      PlansModule,
      RetentionModule.of({
        runsKeptDays: config.RUNS_KEPT_DAYS,
        runsKeptBytes: config.RUNS_KEPT_BYTES,
        guestsKeptDays: config.GUESTS_KEPT_DAYS,
      }),
      SecretsModule,
      RunsModule.of(
        { gatewayPort: config.GATEWAY_PORT, previews: previewBase(config), secret: config.INTERNAL_TOKEN },
        config.SANDBOX_PROVIDER,
        config.SANDBOX_ON_LOST,
        { usd: config.RUN_BUDGET_USD },
        {
          maxRuns: config.TENANT_MAX_RUNS,
          runsPerMinute: config.TENANT_RUNS_PER_MINUTE,
          budgetUsd: config.TENANT_BUDGET_USD,
        },
      ),
    ],
  };
}

/** Starts the intent service by itself, for the gateway. */
export function startIntent(config: IntentConfig): Promise<RunningService> {
  return bootService({
    ...intentService(config),
    host: config.BIND_HOST,
    port: config.INTENT_PORT,
    resources: openResources('intent', config),
    authenticate: byInternalToken(config.INTERNAL_TOKEN),
  });
}
