import { existsSync } from 'node:fs';
import path from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { filmsByProvider, loadConfig, workerConfigSchema } from '@showrunner/config';
import type { WorkerConfig } from '@showrunner/config';
import { AppError, EnvironmentError } from '@showrunner/contracts';
import type { Pool } from '@showrunner/contracts';
import { reapSandboxes } from '@showrunner/sandbox';
import { createLogger } from '@showrunner/telemetry';
import type { Logger } from '@showrunner/telemetry';
import { advertisedHost } from './advertised-host';
import { parseArguments } from './arguments';
import { createDependencies, createProviders } from './dependencies';
import { startHealthServer } from './health-server';
import { poolActivities } from './pool-activities';
import { startReaper } from './reaper';
import { startTidyingInstalls } from './sandbox';
import { sessionQueueName } from './session-queue';
import { createStateActivities } from './state';
import { startWorkers } from './workers';

/** The bundle lies beside the built apps: `workflows/dist`, seen from `apps/worker/dist`. */
function workflowBundle(): string {
  const file = path.resolve(import.meta.dirname, '../../../workflows/dist/workflow-bundle.js');
  if (existsSync(file)) return file;
  throw new EnvironmentError('workflow_bundle_missing', `${file} is missing.`, {
    remedy: 'Run "npm run build".',
  });
}

/** Temporal's own log lines, in ours. */
function installRuntime(logger: Logger): void {
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      logger[level === 'ERROR' ? 'error' : 'warn']({ ...meta }, message);
    }),
    shutdownSignals: [],
  });
}

async function work(config: WorkerConfig, logger: Logger, pools: readonly Pool[]): Promise<void> {
  installRuntime(logger);
  const deps = await createDependencies(config, logger);
  const sessionQueue = sessionQueueName();
  let running = false;
  const health = await startHealthServer(config.BIND_HOST, config.WORKER_PORT, () => ({ pools, running }));
  const host = advertisedHost(config.WORKER_ADVERTISED_HOST, config.BIND_HOST);
  const address = `http://${host}:${config.WORKER_PORT}`;
  const activities = poolActivities(deps, sessionQueue, pools, address);
  if (pools.includes('agent')) activities.serve(health);
  const { workers, connection } = await startWorkers(
    {
      address: config.TEMPORAL_ADDRESS,
      namespace: config.TEMPORAL_NAMESPACE,
      pools,
      workflowBundle: workflowBundle(),
      activities,
      stateActivities: createStateActivities({
        database: deps.database,
        places: config.SANDBOX_PLACES,
        films: filmsByProvider(config),
        tenantMaxSandboxes: config.TENANT_MAX_SANDBOXES,
      }),
      sessionQueue,
    },
    (error) => logger.warn({ error }, 'Temporal does not answer yet'),
  );
  const housekeepers = pools.includes('sandbox') ? [startReaper(deps), startTidyingInstalls(deps)] : [];
  const stop = (): void => {
    if (!running) return;
    running = false;
    for (const worker of workers) worker.shutdown();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  running = true;
  logger.info({ pools, sessionQueue, address }, 'the worker takes tasks');
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    for (const housekeeper of housekeepers) housekeeper.stop();
    await activities.close();
    await connection.close();
    await deps.provider.close();
    await deps.database.close();
    health.close();
  }
}

async function main(): Promise<void> {
  const config = loadConfig(workerConfigSchema);
  const logger = createLogger({ service: 'worker', level: config.LOG_LEVEL });
  const command = parseArguments(process.argv.slice(2));
  if (command.kind === 'reapAll') {
    const destroyed = await reapSandboxes(await createProviders(config)(), () => Promise.resolve(false), 0);
    logger.info({ destroyed }, 'ended every sandbox of this data folder');
    return;
  }
  await work(config, logger, command.pools);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  const hint = error instanceof AppError && error.remedy ? `\nTry: ${error.remedy}` : '';
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}${hint}\n`);
  process.exit(1);
}
