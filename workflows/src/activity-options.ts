import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { RetryPolicy } from '@temporalio/workflow';
import type {
  AgentActivities,
  ExportActivities,
  PlanActivities,
  Pool,
  RecordingActivities,
  SandboxActivities,
  SandboxLifeActivities,
  SegmentationActivities,
  SessionActivities,
  StateActivities,
  WritingActivities,
} from '@showrunner/contracts';

/** Loss of a worker is noticed after this long without a heartbeat. Activities beat every second. */
const HEARTBEAT_TIMEOUT = '6s';

const RETRY = {
  initialInterval: '500ms',
  backoffCoefficient: 2,
  maximumInterval: '10s',
  maximumAttempts: 6,
} as const;

const pool = <A>(
  taskQueue: Pool,
  startToCloseTimeout: string,
  retry: RetryPolicy = RETRY,
): ReturnType<typeof proxyActivities<A>> =>
  proxyActivities<A>({
    taskQueue,
    startToCloseTimeout: startToCloseTimeout as '1m',
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });

export const sandbox = pool<SandboxActivities>('sandbox', '15m');
export const sandboxLife = pool<SandboxLifeActivities>('sandbox', '15m');
export const plan = pool<PlanActivities>('plan', '5m');
export const writing = pool<WritingActivities>('plan', '5m', { ...RETRY, maximumAttempts: 4 });
/** A rehearsal changes the app, so the workflow repeats it, and resets the app before. */
export const rehearsal = pool<Pick<PlanActivities, 'makePlan' | 'draftPlan'>>('plan', '5m', {
  maximumAttempts: 1,
});
export const agent = pool<AgentActivities>('agent', '1m');
/** A take without an index is read once as a whole. */
export const segmentation = pool<SegmentationActivities>('segmentation', '30m');
/** A film of half an hour on a busy machine. */
export const exporting = pool<ExportActivities>('export', '4h');

/** A take is as long as the film; a recorder that lost its worker is started again and appends after the gap. */
export const recording = pool<RecordingActivities>('recording', '2h');

/**
 * Activities of one session run on the worker process that holds its browser. They are not retried by the server: a lost worker
 * means a lost session, and the workflow opens a new one.
 */
export const sessionActivities = (taskQueue: string): ReturnType<typeof proxyActivities<SessionActivities>> =>
  proxyActivities<SessionActivities>({
    taskQueue,
    startToCloseTimeout: '2m',
    scheduleToStartTimeout: '10s',
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: { maximumAttempts: 1 },
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  });

/**
 * Deciding what to act on only looks at the page, so it is retried on its own, on the worker that holds the page; what was done before is
 * not done again.
 */
export const decisions = (
  taskQueue: string,
): ReturnType<typeof proxyActivities<Pick<SessionActivities, 'decide'>>> =>
  proxyActivities<Pick<SessionActivities, 'decide'>>({
    taskQueue,
    startToCloseTimeout: '1m',
    scheduleToStartTimeout: '10s',
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: { ...RETRY, maximumAttempts: 4 },
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  });

/** Short database writes: local activities save a round trip each. They outlast a restart of the database. */
export const state = proxyLocalActivities<StateActivities>({
  startToCloseTimeout: '40s',
  scheduleToCloseTimeout: '5m',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
});
