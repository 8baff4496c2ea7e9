import { CancelledFailure, condition } from '@temporalio/workflow';
import type { CancellationScope } from '@temporalio/workflow';

/** Who stops a workflow asks Temporal for its cancellation right after the signal that says how it shall stop. */
const ASKED_WITHIN = '10s';

/**
 * Ends a workflow that was stopped so that Temporal shows it as Cancelled, which it does only for one that was asked to cancel.
 * @param root the scope of the workflow itself
 */
export async function endCancelled(root: CancellationScope, message: string): Promise<never> {
  await condition(() => root.consideredCancelled, ASKED_WITHIN);
  throw new CancelledFailure(message);
}
