import { describeService } from '@showrunner/openapi/document';
import { IntentsModule } from './intents/intents.module';
import { PlansModule } from './plans/plans.module';
import { RetentionModule } from './retention/retention.module';
import { RunsModule } from './runs/runs.module';

/** Its part of docs/openapi.json; `npm run openapi` bundles and reads this. */
export const described = describeService({
  service: 'intent',
  modules: [IntentsModule, PlansModule, RunsModule, RetentionModule],
});
