import path from 'node:path';
import { Context } from '@temporalio/activity';
import { requireTool } from '@showrunner/config';
import type { WorkerConfig } from '@showrunner/config';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { sandboxProviders, sandboxSettings } from '@showrunner/sandbox-providers';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { OpenProvider } from '@showrunner/sandbox-providers';
import { createObjectStore } from '@showrunner/storage';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';

/** What the activities of all pools are made of. */
export interface WorkerDependencies {
  config: WorkerConfig;
  logger: Logger;
  /** The provider of this platform. */
  provider: SandboxProvider;
  /** The provider of this name. @throws AppError `sandbox_unavailable` */
  providerOf: OpenProvider;
  database: Database;
  store: ObjectStore;
  /** Scratch of this process. */
  workDir: string;
  /** Both speak of the activity that runs now. */
  heartbeat: (detail?: unknown) => void;
  signal: () => AbortSignal;
}

/** The providers that this worker may use; programs of the host are looked for only where one of them needs them. */
export const createProviders = (config: WorkerConfig): OpenProvider =>
  sandboxProviders({
    ...sandboxSettings(config),
    bwrapPath: config.SANDBOX_PROVIDER === 'local' ? requireTool('bwrap').path : undefined,
  });

/** @throws AppError `sandbox_unavailable` when the provider cannot be reached */
export async function createDependencies(config: WorkerConfig, logger: Logger): Promise<WorkerDependencies> {
  const providerOf = createProviders(config);
  const provider = await providerOf();
  return {
    config,
    logger,
    provider,
    providerOf,
    database: createDatabase({
      url: config.DATABASE_URL,
      poolSize: config.DATABASE_POOL_SIZE,
      secretKeys: config,
    }),
    store: createObjectStore({ ...config, SHOWRUNNER_HOME: path.resolve(config.SHOWRUNNER_HOME) }),
    workDir: path.resolve(config.SHOWRUNNER_HOME, 'work'),
    heartbeat: (detail) => Context.current().heartbeat(detail),
    signal: () => Context.current().cancellationSignal,
  };
}
