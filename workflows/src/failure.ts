import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { RunFailure } from '@showrunner/contracts';

const causeOf = (error: unknown): unknown => {
  let current = error;
  while ((current instanceof ActivityFailure || current instanceof ChildWorkflowFailure) && current.cause)
    current = current.cause;
  return current;
};

/** Codes of ours are in snake case; anything else is the class of an error that nobody foresaw. */
const isCode = (type: string | undefined | null): type is string =>
  type != null && /^[a-z][a-z0-9_]*$/.test(type);

/** Its text may name files of the host, which are nobody's business: of a path its last name stays. */
const withoutHostPaths = (text: string): string =>
  text.replace(/(?<![\w:/.])(?:\/[\w.@+~-]+)+\/(?=[\w.@+~-])/g, '…/');

/** What went wrong, in the words of the activity that failed; the workers put `remedy` into the details of their failures. */
export function failureOf(error: unknown, stage: string): RunFailure {
  const cause = causeOf(error);
  if (cause instanceof ApplicationFailure) {
    const detail = cause.details?.[0] as { remedy?: string; stage?: string } | undefined;
    return {
      ...(isCode(cause.type)
        ? { code: cause.type, message: cause.message }
        : { code: 'internal_error', message: withoutHostPaths(cause.message) }),
      stage: detail?.stage ?? stage,
      ...(detail?.remedy ? { remedy: detail.remedy } : {}),
    };
  }
  if (cause instanceof TimeoutFailure) {
    return {
      code: 'stage_timed_out',
      message: `The stage "${stage}" did not finish in time.`,
      stage,
      remedy: 'Look at the logs of the run, and at the workers with "showrunner status".',
    };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return { code: 'internal_error', message, stage, remedy: 'Look at the run in the Temporal Web UI.' };
}

/** Throws again as a failure that no retry can mend, keeping code and remedy. `result`: what there is all the same. */
export function failWorkflow(failure: RunFailure, result?: unknown): never {
  throw ApplicationFailure.create({
    message: failure.message,
    type: failure.code,
    nonRetryable: true,
    details: [{ remedy: failure.remedy, stage: failure.stage, ...(result === undefined ? {} : { result }) }],
  });
}

/** True when the same activity may well succeed another time: its worker was lost, or it says so itself. Never for a cancellation. */
export function isRetryable(error: unknown): boolean {
  const cause = causeOf(error);
  return cause instanceof TimeoutFailure || (cause instanceof ApplicationFailure && !cause.nonRetryable);
}

/** `WorkerShutdown`: what Temporal makes of an activity that ends because its worker shuts down; the browser goes with that worker. */
const LOSSES = new Set(['session_lost', 'WorkerShutdown']);

/** True when the browser or the worker that held it is gone, rather than the step having failed. */
export function isSessionLost(error: unknown): boolean {
  const cause = causeOf(error);
  return (
    cause instanceof TimeoutFailure || (cause instanceof ApplicationFailure && LOSSES.has(cause.type ?? ''))
  );
}

/** True when the session has used up the steps or the time that it may use: what was filmed so far is good. */
export function isLimitReached(error: unknown): boolean {
  const cause = causeOf(error);
  return cause instanceof ApplicationFailure && (cause.type === 'step_limit' || cause.type === 'time_limit');
}

/** True when the sandbox itself is gone: only another one can go on. */
export function isSandboxLost(error: unknown): boolean {
  const cause = causeOf(error);
  return cause instanceof ApplicationFailure && cause.type === 'sandbox_lost';
}

/** True when a recorder says that there was nothing to record: no browser answered, or it was told to stop before the first frame. */
export function isNothingRecorded(error: unknown): boolean {
  const cause = causeOf(error);
  return (
    cause instanceof ApplicationFailure &&
    (cause.type === 'nothing_recorded' || cause.type === 'session_lost')
  );
}
