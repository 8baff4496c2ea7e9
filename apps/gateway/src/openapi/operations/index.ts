import type { Operation } from '../operation';
import { buildsOperations } from './builds';
import { eventsOperations } from './events';
import { filmsOperations } from './films';
import { generatedOperations } from './generated';
import { healthOperations } from './health';
import { maintenanceOperations } from './maintenance';
import { plansOperations } from './plans';
import { projectsOperations } from './projects';
import { runFactsOperations } from './run-facts';
import { runsOperations } from './runs';
import { sandboxLifeOperations } from './sandbox-life';
import { sandboxWorkOperations } from './sandbox-work';

/** Every operation there is. Tests compare it with the routes of the services. */
export const operations: readonly Operation[] = [
  ...healthOperations(),
  ...projectsOperations(),
  ...buildsOperations(),
  ...generatedOperations(),
  ...maintenanceOperations(),
  ...sandboxLifeOperations(),
  ...sandboxWorkOperations(),
  ...plansOperations(),
  ...runsOperations(),
  ...runFactsOperations(),
  ...filmsOperations(),
  ...eventsOperations(),
];
