import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@showrunner/contracts';
import { isOrphan, transientKind } from './transient';

export interface RetryOptions {
  /** How long to keep trying, ms. */
  budgetMs: number;
  /** True when running the work twice has the effect of running it once. Otherwise only work that never ran is tried again. */
  idempotent: boolean;
}

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 1_000;

/**
 * Runs work against the database and repeats it with growing pauses while the database is away.
 * @throws {AppError} `database_unavailable` (retryable) when it stays away beyond the budget; `not_found` when what a row belongs to is not
 * there (any more); any other error as it came.
 */
export async function withRetry<T>(
  work: () => Promise<T>,
  { budgetMs, idempotent }: RetryOptions,
): Promise<T> {
  const deadline = Date.now() + budgetMs;
  for (let pauseMs = FIRST_DELAY_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_DELAY_MS)) {
    try {
      return await work();
    } catch (error) {
      const kind = transientKind(error);
      if (kind === null) throw isOrphan(error) ? gone(error) : error;
      const mayRepeat = idempotent || kind === 'unsent';
      if (!mayRepeat || Date.now() + pauseMs > deadline) throw unavailable(error);
    }
    await delay(pauseMs);
  }
}

function unavailable(cause: unknown): AppError {
  return new AppError('database_unavailable', 'The database does not answer.', {
    status: 503,
    retryable: true,
    remedy:
      'Check with `showrunner status` that PostgreSQL runs and that DATABASE_URL is right, then try again.',
    cause,
  });
}

function gone(cause: unknown): AppError {
  return new AppError('not_found', 'What this belongs to is not there, or not any more.', {
    status: 404,
    remedy: 'Look at what there is, and begin with that.',
    cause,
  });
}
