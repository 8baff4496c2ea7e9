import { Context } from '@temporalio/activity';
import type { Pool } from '@showrunner/contracts';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { Database } from '@showrunner/database';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';
import type { WorkerConfig } from '@showrunner/config';

/** What activities are made of. `heartbeat` and `signal` speak of the activity that runs now. */
export interface WorkerDependencies {
  provider: SandboxProvider;
  database: Database;
  store: ObjectStore;
  logger: Logger;
  config: WorkerConfig;
  heartbeat: (detail?: unknown) => void;
  signal: () => AbortSignal;
}

export const currentHeartbeat = (detail?: unknown): void => Context.current().heartbeat(detail);
export const currentSignal = (): AbortSignal => Context.current().cancellationSignal;

type Activities = Record<string, (...args: never[]) => Promise<unknown>>;
export type PoolActivities = Record<Pool, Activities>;
