import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { SandboxRef } from '@showrunner/contracts';
import { sandbox, state } from './activity-options';
import { endCancelled } from './ends';
import { failureOf, failWorkflow } from './failure';
import { showState } from './search-attributes';

/** A build that did not come to its end: its sandbox goes, its row says why, and the workflow fails with the same. */
export async function endBuild(
  error: unknown,
  ref: SandboxRef,
  buildId: string,
  stage: string,
  root: CancellationScope,
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
  showState(stopped ? 'cancelled' : 'failed', stopped ? 'Cancelled' : failure.message);
  if (stopped) return CancellationScope.nonCancellable(() => endCancelled(root, 'Cancelled'));
  return failWorkflow(failure);
}
