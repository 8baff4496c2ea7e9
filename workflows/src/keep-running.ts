import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { workflowIds, WORKFLOW_QUEUES } from '@showrunner/contracts';
import type { SandboxRef } from '@showrunner/contracts';
import { keepSandbox } from './keep-sandbox.workflow';
import { attributesOf } from './search-attributes';

/** Leaves a sandbox to a workflow of its own, which ends it when nobody uses it any more. */
export async function keepRunning(
  ref: SandboxRef,
  owner: { projectId: string; runId?: string; provider: string },
): Promise<void> {
  await startChild(keepSandbox, {
    workflowId: workflowIds.sandbox(ref.sandboxId),
    taskQueue: WORKFLOW_QUEUES.keepSandbox,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    typedSearchAttributes: attributesOf(owner),
    staticSummary: `the life of ${ref.sandboxId}`,
    args: [{ ...ref, adopt: true }],
  });
}
