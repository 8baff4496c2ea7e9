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

type Activities = ReturnType<typeof fakeActivities>;

interface Workers {
  end(): Promise<void>;
}

/** The fakes of the scenario that goes on; what an earlier one has begun ends with its own. */
let answering: Activities;
/** Workers of the pools, which stay for all tests of a file: with the workflow code in them they are slow to start. */
let pools: Promise<Workers> | undefined;
/** Workers of the browsers' processes, which a test has for itself. */
let sessions: Workers | undefined;

/** Ends what a test has for itself: of one that ran out of time it would answer for the next, or keep its queues from it. */
export async function endFakeSessions(): Promise<void> {
  const ending = sessions;
  sessions = undefined;
  await ending?.end();
}

/** Ends every worker; before their server is gone. */
export async function endFakeWorkers(): Promise<void> {
  await endFakeSessions();
  const ending = pools;
  pools = undefined;
  await (await ending)?.end();
}

/** Runs `work` with a worker on every pool's queue and on the queues of two browsers' processes, all served by fakes. */
export async function withFakeWorkers<T>(
  environment: TestWorkflowEnvironment,
  workflowBundle: WorkflowBundleOption,
  scenario: Scenario,
  work: () => Promise<T>,
): Promise<T> {
  const name = `session-${Math.random().toString(36).slice(2)}`;
  const sessionQueues = [`${name}-a`, `${name}-b`] as const;
  answering = fakeActivities(scenario, sessionQueues);
  const create = (taskQueue: string): Promise<Worker> =>
    Worker.create({
      connection: environment.nativeConnection,
      namespace: environment.namespace,
      taskQueue,
      activities: routed(answering),
      maxHeartbeatThrottleInterval: '200ms',
      shutdownGraceTime: '100ms',
      ...(QUEUES_OF_WORKFLOWS.has(taskQueue) ? { workflowBundle } : {}),
    });
  await (pools ??= Promise.all(POOLS.map(create)).then(run));
  const own = await Promise.all(sessionQueues.map(create));
  scenario.shutDownFirstSessions = () => own[0]?.shutdown();
  sessions = run(own);
  try {
    return await work();
  } finally {
    await endFakeSessions();
  }
}

/** Activities that are answered by the scenario that goes on when they begin. */
function routed(sample: Activities): Activities {
  const names = Object.keys(sample) as (keyof Activities)[];
  return Object.fromEntries(
    names.map((name) => [name, (input: never) => answering[name](input)]),
  ) as unknown as Activities;
}

function run(workers: readonly Worker[]): Workers {
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    async end() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    },
  };
}
