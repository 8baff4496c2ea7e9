import type { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { CancelledFailure } from '@temporalio/common';
import { classifyFailure } from './failure-classification';

const HEARTBEAT_MS = 1000;

/** Beats for every activity, so that a dead worker is noticed within seconds and a cancellation arrives at once, and classifies failures. */
export class ActivityLifeInterceptor implements ActivityInboundCallsInterceptor {
  constructor(private readonly context: Context) {}

  async execute(
    input: ActivityExecuteInput,
    next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  ): Promise<unknown> {
    const beat = this.context.info.isLocal
      ? undefined
      : setInterval(() => this.context.heartbeat(), HEARTBEAT_MS);
    try {
      return await next(input);
    } catch (error) {
      // Aborted work often ends with an error of its own; what matters is that it was asked to stop.
      if (this.context.cancellationSignal.aborted) throw new CancelledFailure('The activity was cancelled.');
      throw classifyFailure(error);
    } finally {
      clearInterval(beat);
    }
  }
}
