import { Inject } from '@nestjs/common';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { WORKFLOW_QUEUES, workflowIds } from '@showrunner/contracts';
import type { BuildProjectInput } from '@showrunner/contracts';
import type { BuildRecord, TenantDatabases } from '@showrunner/database';
import { DATABASE, TEMPORAL } from '../boot/resources';
import { searchAttributes } from '../temporal/search-attributes';
import type { Temporal } from '../temporal/temporal';

const START_RETRY_MS = 5_000;

/** Builds, which projects and generated apps have, and their workflows: `buildProject`, and `detectProject` for those that end with the plan. */
export class BuildWorkflows {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(TEMPORAL) private readonly temporal: Temporal,
  ) {}

  /** Starts a build's workflow unless it was started already. @throws {AppError} `temporal_unavailable` */
  async start(build: BuildRecord): Promise<void> {
    const { id, tenantId, projectId, overrides, provider, limits } = build;
    const project = await this.database.forTenant(tenantId).projects.get(projectId);
    const input: BuildProjectInput = {
      buildId: id,
      projectId,
      source: project.source,
      overrides,
      provider,
      ...(limits === null ? {} : { limits }),
    };
    const type = build.detectOnly ? 'detectProject' : 'buildProject';
    try {
      await this.temporal.call(
        (client) =>
          client.workflow.start(type, {
            workflowId: workflowIds.build(id),
            taskQueue: WORKFLOW_QUEUES[type],
            args: [input],
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            typedSearchAttributes: searchAttributes({
              ShowrunnerProject: projectId,
              ShowrunnerProvider: provider,
            }),
            staticSummary: `${build.detectOnly ? 'detect' : 'build'} ${project.name}`,
          }),
        { retryMs: START_RETRY_MS },
      );
    } catch (error) {
      // It ran and has ended: what it wrote counts.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  /** Ends a build that could not be started. */
  async failToStart({ id, tenantId }: BuildRecord, message: string): Promise<void> {
    const failure = { code: 'build_not_started', message, stage: 'queued' };
    await this.database.forTenant(tenantId).builds.setState({ id, state: 'failed', message, failure });
  }
}
