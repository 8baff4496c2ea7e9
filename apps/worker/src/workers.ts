import { NativeConnection, Worker } from '@temporalio/worker';
import { taskQueueOf, WORKFLOW_QUEUES } from '@showrunner/contracts';
import type { Pool } from '@showrunner/contracts';
import { ActivityLifeInterceptor } from './activity-interceptor';
import type { PoolActivities } from './pool-activities';

export interface WorkersOptions {
  address: string;
  namespace: string;
  pools: readonly Pool[];
  /** File that `npm run build` made of the workflows. */
  workflowBundle: string;
  activities: PoolActivities;
  /** Database writes that any workflow worker may be asked for. */
  stateActivities: object;
  sessionQueue: string;
}

const CONNECT_EVERY_MS = 500;

/** Connects as soon as Temporal answers; a worker that starts first waits. */
async function connectPatiently(
  address: string,
  onWait: (error: unknown) => void,
): Promise<NativeConnection> {
  for (;;) {
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      onWait(error);
      await new Promise((resolve) => setTimeout(resolve, CONNECT_EVERY_MS));
    }
  }
}

/** How many activities of a pool one process takes at a time: rendering and filming are heavy, the rest mostly waits. */
const CONCURRENCY: Record<Pool, number> = {
  sandbox: 20,
  plan: 4,
  agent: 8,
  recording: 8,
  segmentation: 4,
  export: 2,
};

/** A worker that runs workflow code holds a thread with the whole bundle (25 MiB and half a second of start): only where workflows are sent. */
const RUNS_WORKFLOWS: ReadonlySet<Pool> = new Set(Object.values(WORKFLOW_QUEUES));

/** A workflow that is not kept is replayed when it goes on; a run has four. */
const CACHED_WORKFLOWS = 60;
/** A workflow whose worker was killed waits so long for it before it goes on elsewhere; a busy worker answers well within. */
const STICKY_TIMEOUT = '3s';

/** One Temporal worker a pool, and one for the sessions of this process when it has the agent pool. */
export async function startWorkers(
  options: WorkersOptions,
  onWait: (error: unknown) => void,
): Promise<{ workers: Worker[]; connection: NativeConnection }> {
  const { address, namespace, pools, activities, sessionQueue } = options;
  const connection = await connectPatiently(address, onWait);
  const common = {
    connection,
    namespace,
    // Cancellations and kills travel with heartbeats: they must not wait for a throttled one.
    maxHeartbeatThrottleInterval: '300ms',
    defaultHeartbeatThrottleInterval: '300ms',
    shutdownGraceTime: '3s',
    shutdownForceTime: '10s',
    interceptors: {
      activity: [
        (context: ConstructorParameters<typeof ActivityLifeInterceptor>[0]) => ({
          inbound: new ActivityLifeInterceptor(context),
        }),
      ],
    },
  } as const;
  const perPool = pools.map((pool) =>
    Worker.create({
      ...common,
      interceptors: { activity: [...common.interceptors.activity] },
      taskQueue: taskQueueOf(pool),
      activities: { ...activities.of(pool), ...(RUNS_WORKFLOWS.has(pool) ? options.stateActivities : {}) },
      ...(RUNS_WORKFLOWS.has(pool)
        ? {
            workflowBundle: { codePath: options.workflowBundle },
            workflowThreadPoolSize: 1,
            maxCachedWorkflows: CACHED_WORKFLOWS,
            stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT,
          }
        : {}),
      maxConcurrentActivityTaskExecutions: CONCURRENCY[pool],
    }),
  );
  const session = pools.includes('agent')
    ? [
        Worker.create({
          ...common,
          interceptors: { activity: [...common.interceptors.activity] },
          taskQueue: sessionQueue,
          activities: activities.session(),
        }),
      ]
    : [];
  return { workers: await Promise.all([...perPool, ...session]), connection };
}
