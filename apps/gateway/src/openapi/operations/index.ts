import type { Operation } from '../operation';
import { buildsOperations } from './builds';
import { eventsOperations } from './events';
import { filmsOperations } from './films';
import { healthOperations } from './health';
import { plansOperations } from './plans';
import { projectsOperations } from './projects';
import { runFactsOperations } from './run-facts';
import { runsOperations } from './runs';

/** Every operation there is. Tests compare it with the routes of the services. */
export const operations: readonly Operation[] = [
  ...healthOperations(),
  ...projectsOperations(),
  ...buildsOperations(),
  ...plansOperations(),
  ...runsOperations(),
  ...runFactsOperations(),
  ...filmsOperations(),
  ...eventsOperations(),
];
