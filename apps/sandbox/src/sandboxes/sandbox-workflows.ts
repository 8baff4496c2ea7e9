import { Inject } from '@nestjs/common';
import { WorkflowNotFoundError } from '@temporalio/client';
import { SANDBOX_SIGNALS, SIGNALS, WORKFLOW_QUEUES, workflowIds } from '@showrunner/contracts';
import type { KeepSandboxInput, SandboxRef, SandboxSignal } from '@showrunner/contracts';
import type { SandboxRecord } from '@showrunner/database';
import { TEMPORAL } from '@showrunner/service';
import type { Temporal } from '@showrunner/service';
import { searchAttributes } from '@showrunner/service/search-attributes';

const RETRY_MS = 2_000;

/** Tells the workflows of sandboxes that their records changed. What is wanted stands in the record, so nothing is lost with a signal. */
export class SandboxWorkflows {
  constructor(@Inject(TEMPORAL) private readonly temporal: Temporal) {}

  /** Wakes the workflow of a sandbox, and starts it first when it does not run. @throws {AppError} `temporal_unavailable` */
  async tell(record: SandboxRecord, signal: SandboxSignal): Promise<void> {
    const input: KeepSandboxInput = { sandboxId: record.id, provider: record.provider };
    await this.temporal.call(
      (client) =>
        client.workflow.signalWithStart('keepSandbox', {
          workflowId: workflowIds.sandbox(record.id),
          taskQueue: WORKFLOW_QUEUES.keepSandbox,
          args: [input],
          signal: SANDBOX_SIGNALS[signal],
          signalArgs: [],
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          typedSearchAttributes: searchAttributes({
            ShowrunnerProject: record.projectId ?? undefined,
            ShowrunnerRun: record.runId ?? undefined,
            ShowrunnerProvider: record.provider,
            ShowrunnerTenant: record.tenantId,
          }),
          staticSummary: `the life of ${record.id} · ${record.purpose} of ${record.tenantId}`,
        }),
      { retryMs: RETRY_MS },
    );
  }

  /**
   * Tells the workflow that waits with the sandbox of a build for its place to look again: that of the run, or of a build of its own.
   * @throws {AppError} `temporal_unavailable`
   */
  async tellPlace({ runId, buildId }: SandboxRecord): Promise<void> {
    const workflowId = runId === null ? workflowIds.build(buildId ?? '') : workflowIds.run(runId);
    try {
      await this.temporal.call((client) => client.workflow.getHandle(workflowId).signal(SIGNALS.place), {
        retryMs: RETRY_MS,
      });
    } catch (error) {
      // It has ended, and its sandbox is cleaned away with it.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  /** Has the sandbox of a build removed, which no workflow of its own keeps. @throws {AppError} `temporal_unavailable` */
  async remove(record: SandboxRecord): Promise<void> {
    const ref: SandboxRef = { sandboxId: record.id, provider: record.provider };
    await this.temporal.call(
      (client) =>
        client.workflow.start('removeSandbox', {
          workflowId: workflowIds.removal(record.id),
          taskQueue: WORKFLOW_QUEUES.removeSandbox,
          args: [ref],
          workflowIdConflictPolicy: 'USE_EXISTING',
          staticSummary: `destroy ${record.id}`,
        }),
      { retryMs: RETRY_MS },
    );
  }
}
