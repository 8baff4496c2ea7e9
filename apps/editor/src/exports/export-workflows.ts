import { Inject } from '@nestjs/common';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { WorkflowExecutionStatusName } from '@temporalio/client';
import { WORKFLOW_QUEUES, workflowIds } from '@showrunner/contracts';
import type { RenderExportInput } from '@showrunner/contracts';
import type { RunRecord } from '@showrunner/database';
import { TEMPORAL } from '@showrunner/service';
import type { Temporal } from '@showrunner/service';
import { searchAttributes } from '@showrunner/service/search-attributes';

/** Exports as Temporal knows them. Every call may be repeated. */
export class ExportWorkflows {
  constructor(@Inject(TEMPORAL) private readonly temporal: Temporal) {}

  /** Starts the workflow of an export unless it was started already. @throws {AppError} `temporal_unavailable` */
  async start(run: RunRecord, input: RenderExportInput): Promise<void> {
    const options = {
      workflowId: workflowIds.export(input.exportId),
      taskQueue: WORKFLOW_QUEUES.renderExport,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING' as const,
      workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
      typedSearchAttributes: searchAttributes({
        ShowrunnerProject: run.projectId,
        ShowrunnerRun: run.id,
        ShowrunnerState: 'queued',
        ShowrunnerTenant: run.tenantId,
      }),
      staticSummary: `export of run ${run.id}, asked for by itself`,
    };
    try {
      await this.temporal.call((client) => client.workflow.start('renderExport', options));
    } catch (error) {
      // It ran and has ended: what it wrote counts.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  /** False when there is no workflow to cancel. @throws {AppError} `temporal_unavailable` */
  async cancel(exportId: string): Promise<boolean> {
    return this.ifThere(async (client) => {
      await client.workflow.getHandle(workflowIds.export(exportId)).cancel();
      return true;
    }, false);
  }

  /** Null when it was never started. @throws {AppError} `temporal_unavailable` */
  status(exportId: string): Promise<WorkflowExecutionStatusName | null> {
    return this.ifThere<WorkflowExecutionStatusName | null>(
      async (client) =>
        (await client.workflow.getHandle(workflowIds.export(exportId)).describe()).status.name,
      null,
    );
  }

  private async ifThere<T>(work: Parameters<Temporal['call']>[0], otherwise: T): Promise<T> {
    try {
      return (await this.temporal.call(work)) as T;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return otherwise;
      throw error;
    }
  }
}
