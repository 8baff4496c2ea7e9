import type { Database } from '@showrunner/database';
import type { ObjectStore } from '@showrunner/storage';
import type { Models } from '../models';
import type { AdvisorySources } from './known-vulnerabilities';

export interface WritingDependencies {
  database: Database;
  store: Pick<ObjectStore, 'put' | 'read' | 'head'>;
  /** Undefined: no model is set up. */
  models: Models | undefined;
  advisories: AdvisorySources;
  /** Both speak of the activity that runs now. */
  signal: () => AbortSignal;
  attempt: () => number;
}
