import type { Database } from '@showrunner/database';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';

export interface CompareDependencies {
  store: Pick<ObjectStore, 'put' | 'putFile' | 'get' | 'head' | 'read'>;
  database: Pick<Database, 'runs' | 'actions' | 'plans' | 'takes'>;
  logger: Logger;
  /** `workDir`: scratch of this worker; it exists. */
  config: { ffmpegPath: string; workDir: string };
  heartbeat: (detail?: unknown) => void;
  signal: () => AbortSignal;
}
