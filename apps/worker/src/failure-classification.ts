import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { AppError } from '@showrunner/contracts';

/**
 * The one place that decides whether a failure of an activity is worth a retry: an AppError says so itself; anything else is unexpected
 * (a dropped connection, a bug) and is tried again until the retry policy gives up. Code becomes the failure's type, the remedy its detail.
 */
export function classifyFailure(error: unknown): unknown {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof AppError) {
    return ApplicationFailure.create({
      message: error.message,
      type: error.code,
      nonRetryable: !error.retryable,
      nextRetryDelay: error.retryAfterMs,
      details: [{ remedy: error.remedy, status: error.status, ...error.details }],
      cause: error.cause instanceof Error ? error.cause : undefined,
    });
  }
  return error;
}
