import path from 'node:path';
import { Context } from '@temporalio/activity';
import { requireTool } from '@showrunner/config';
import type { WorkerConfig } from '@showrunner/config';
import { EnvironmentError, type SandboxProviderName } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { LocalSandboxProvider, type SandboxProvider } from '@showrunner/sandbox';
import { createObjectStore } from '@showrunner/storage';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';

/** What the activities of all pools are made of. */
export interface WorkerDependencies {
  config: WorkerConfig;
  logger: Logger;
  provider: LocalSandboxProvider;
  /** The provider of this name. @throws AppError `sandbox_unavailable` */
  providerOf: (name: SandboxProviderName) => Promise<SandboxProvider>;
  database: Database;
  store: ObjectStore;
  /** Scratch of this process. */
  workDir: string;
  /** Both speak of the activity that runs now. */
  heartbeat: (detail?: unknown) => void;
  signal: () => AbortSignal;
}

export const createProvider = (config: WorkerConfig): LocalSandboxProvider =>
  new LocalSandboxProvider({
    home: path.resolve(config.SHOWRUNNER_HOME, 'sandboxes'),
    bwrapPath: requireTool('bwrap').path,
  });

export function createDependencies(config: WorkerConfig, logger: Logger): WorkerDependencies {
  const provider = createProvider(config);
  return {
    config,
    logger,
    provider,
    providerOf: (name) =>
      name === provider.name ? Promise.resolve(provider) : Promise.reject(unavailable(name)),
    database: createDatabase({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
    store: createObjectStore({ ...config, SHOWRUNNER_HOME: path.resolve(config.SHOWRUNNER_HOME) }),
    workDir: path.resolve(config.SHOWRUNNER_HOME, 'work'),
    heartbeat: (detail) => Context.current().heartbeat(detail),
    signal: () => Context.current().cancellationSignal,
  };
}

const unavailable = (name: SandboxProviderName): EnvironmentError =>
  new EnvironmentError('sandbox_unavailable', `This platform is not set up for ${name} sandboxes.`, {
    status: 503,
    remedy: 'Choose the provider local, or set SANDBOX_PROVIDER and SANDBOX_API_KEY.',
  });
