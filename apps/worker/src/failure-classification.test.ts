import { describe, expect, it } from '@jest/globals';
import { AppError, InvalidInputError } from '@showrunner/contracts';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { classifyFailure } from './failure-classification';

describe('classifyFailure', () => {
  it("keeps code and remedy of the user's mistakes and does not retry them", () => {
    const failure = classifyFailure(
      new InvalidInputError('install_failed', 'npm failed', { remedy: 'Mend it.' }),
    );
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({
      type: 'install_failed',
      nonRetryable: true,
      message: 'npm failed',
      details: [{ remedy: 'Mend it.' }],
    });
  });

  it('retries what says that it may succeed later, and what nobody foresaw', () => {
    expect(classifyFailure(new AppError('database_unavailable', 'gone', { retryable: true }))).toMatchObject({
      nonRetryable: false,
    });
    const unforeseen = new TypeError('x is undefined');
    expect(classifyFailure(unforeseen)).toBe(unforeseen);
  });

  it('hands on how long whoever refused wants to be left alone', () => {
    const busy = new AppError('model_rate_limited', 'busy', { retryable: true, retryAfterMs: 61_000 });
    expect(classifyFailure(busy)).toMatchObject({ nonRetryable: false, nextRetryDelay: 61_000 });
    expect(classifyFailure(new AppError('internal_error', 'y', { retryable: true }))).toMatchObject({
      nextRetryDelay: undefined,
    });
  });

  it('leaves failures of Temporal as they are', () => {
    const cancelled = new CancelledFailure('stop');
    expect(classifyFailure(cancelled)).toBe(cancelled);
  });
});
