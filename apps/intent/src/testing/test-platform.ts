import { setTimeout as delay } from 'node:timers/promises';
import { resolve } from 'node:path';
import type { IntentConfig } from '@showrunner/config';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import { startTestTemporal, testConfig } from '@showrunner/service/testing';
import type { TestTemporal } from '@showrunner/service/testing';
import { createObjectStore } from '@showrunner/storage';
import type { ObjectStore } from '@showrunner/storage';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';

export interface IntentTestPlatform {
  config: IntentConfig;
  database: Database;
  store: ObjectStore;
  temporal: TestTemporal;
  stop(): Promise<void>;
}

/** Real stores, a real Temporal server, and a worker with a stand-in for the workflow of runs. */
export async function startIntentTestPlatform(): Promise<IntentTestPlatform> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const [postgres, temporal, workflowBundle] = await Promise.all([
    startTestPostgres(),
    startTestTemporal(),
    bundleWorkflowCode({
      workflowsPath: resolve(import.meta.dirname, 'fake-workflows.ts'),
      logger: new DefaultLogger('ERROR'),
    }),
  ]);
  const workers = await Promise.all(
    ['plan', 'agent'].map((taskQueue) =>
      Worker.create({
        connection: temporal.environment.nativeConnection,
        namespace: temporal.namespace,
        taskQueue,
        workflowBundle,
      }),
    ),
  );
  const working = Promise.all(workers.map((worker) => worker.run()));
  const config = testConfig({ databaseUrl: postgres.url, temporal });
  const database = createDatabase({
    url: postgres.url,
    secretKeys: { INTERNAL_TOKEN: 'test-token-of-the-services' },
  });
  return {
    config,
    database,
    store: createObjectStore(config),
    temporal,
    async stop() {
      for (const worker of workers) worker.shutdown();
      await working;
      await database.close();
      await Promise.all([postgres.stop(), temporal.stop()]);
    },
  };
}

/** Waits until something is so. */
export async function until<T>(
  ask: () => Promise<T>,
  isSo: (value: T) => boolean,
  limitMs = 45_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await ask();
    if (isSo(value)) return value;
    if (Date.now() > deadline) throw new RangeError(`It did not become so: ${JSON.stringify(value)}`);
    await delay(50);
  }
}
