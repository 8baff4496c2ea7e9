import { POOLS, SEARCH_ATTRIBUTES, WORKFLOW_QUEUES } from '@showrunner/contracts';
import { sharedService } from '@showrunner/contracts/testing';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { WorkflowBundle, WorkflowBundleOption } from '@temporalio/worker';
import { fakeActivities } from './fake-activities';
import type { Scenario } from './fake-activities';

const logger = new DefaultLogger('ERROR');
const QUEUES_OF_WORKFLOWS: ReadonlySet<string> = new Set(Object.values(WORKFLOW_QUEUES));

/** Keeps the SDK's notes on workers that come and go out of the test output. Once a process. */
export const quietRuntime = (): void => void Runtime.install({ logger });

/** A namespace of its own on the Temporal server that the tests of one run share. */
export async function openTemporal(): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const server = await sharedService<{ address: string; namespace: string }>('temporal', {
    searchAttributes: SEARCH_ATTRIBUTES,
  });
  return TestWorkflowEnvironment.createFromExistingServer(server);
}

/** The workflow code as the platform's workers run it, built once a run. */
export const builtWorkflows = (): Promise<{ codePath: string }> => sharedService('workflow-bundle');

/** Bundles workflow code that is nowhere else. */
export const bundleWorkflows = (workflowsPath: string): Promise<WorkflowBundle> =>
  bundleWorkflowCode({ workflowsPath, logger });

const nothing = (): Promise<void> => Promise.resolve();
let endWorkers = nothing;

/** Ends the workers that still run: those of a test that ran out of time would answer for the next one, or keep its queues from it. */
export const endFakeWorkers = (): Promise<void> => endWorkers();

/** Runs `work` with a worker on every pool's queue and on the queues of two browsers' processes, all served by fakes. */
export async function withFakeWorkers<T>(
  environment: TestWorkflowEnvironment,
  workflowBundle: WorkflowBundleOption,
  scenario: Scenario,
  work: () => Promise<T>,
): Promise<T> {
  const name = `session-${Math.random().toString(36).slice(2)}`;
  const sessionQueues = [`${name}-a`, `${name}-b`] as const;
  const activities = fakeActivities(scenario, sessionQueues);
  const create = (taskQueue: string): Promise<Worker> =>
    Worker.create({
      connection: environment.nativeConnection,
      namespace: environment.namespace,
      taskQueue,
      activities,
      maxHeartbeatThrottleInterval: '200ms',
      shutdownGraceTime: '100ms',
      ...(QUEUES_OF_WORKFLOWS.has(taskQueue) ? { workflowBundle } : {}),
    });
  const pools = await Promise.all(POOLS.map(create));
  const sessions = await Promise.all(sessionQueues.map(create));
  scenario.shutDownFirstSessions = () => sessions[0]?.shutdown();
  const workers = [...pools, ...sessions];
  const running = Promise.all(workers.map((worker) => worker.run()));
  endWorkers = async () => {
    endWorkers = nothing;
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
  };
  try {
    return await work();
  } finally {
    await endFakeWorkers();
  }
}
