import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { SandboxRef } from '@showrunner/contracts';
import { sandbox, state } from './activity-options';
import { failureOf, failWorkflow } from './failure';

/** A build that did not come to its end: its sandbox goes, its row says why, and the workflow fails with the same. */
export async function endBuild(
  error: unknown,
  ref: SandboxRef,
  buildId: string,
  stage: string,
): Promise<never> {
  const failure = failureOf(error, stage);
  const stopped = isCancellation(error);
  await CancellationScope.nonCancellable(async () => {
    await sandbox.destroySandbox.executeWithOptions({ summary: 'destroy the sandbox' }, [ref]);
    await state.setBuildState({
      buildId,
      state: stopped ? 'cancelled' : 'failed',
      message: stopped ? 'Cancelled' : failure.message,
      ...(stopped ? {} : { failure }),
    });
  });
  if (stopped) throw error;
  return failWorkflow(failure);
}
