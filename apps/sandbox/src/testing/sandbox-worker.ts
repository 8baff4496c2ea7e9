import type { SandboxProviderName } from '@showrunner/contracts';
import { sharedService } from '@showrunner/contracts/testing';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { Database } from '@showrunner/database';
import { createSandboxLifeActivities } from '@showrunner/sandbox-life';
import type { TestTemporal } from '@showrunner/service/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';

const logger = new DefaultLogger('ERROR');

/** Keeps the SDK's notes on workers that come and go out of the test output. Once a process, before anything of Temporal starts. */
export const quietRuntime = (): void => void Runtime.install({ logger });

/** A worker of the pool `sandbox` that keeps sandboxes, as the platform has one. Answers how to stop it. */
export async function startSandboxWorker(
  temporal: TestTemporal,
  database: Database,
  providerOf: (name: SandboxProviderName) => SandboxProvider,
): Promise<() => Promise<void>> {
  const worker = await Worker.create({
    connection: temporal.environment.nativeConnection,
    namespace: temporal.namespace,
    taskQueue: 'sandbox',
    workflowBundle: await sharedService<{ codePath: string }>('workflow-bundle'),
    activities: createSandboxLifeActivities({
      database,
      providerOf: (name) => Promise.resolve(providerOf(name)),
      logger: { warn: () => undefined },
      signal: () => new AbortController().signal,
    }),
  });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
  };
}
