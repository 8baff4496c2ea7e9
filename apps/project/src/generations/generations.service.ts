import { setTimeout as delay } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { AppError, toldCode, WORKFLOW_QUEUES, workflowIds } from '@showrunner/contracts';
import type { GenerateAppInput, Generation, SandboxProviderName } from '@showrunner/contracts';
import type { GenerationRecord, TenantDatabases } from '@showrunner/database';
import { DATABASE, DEFAULT_PROVIDER, requireProvider, TEMPORAL } from '@showrunner/service';
import { searchAttributes } from '@showrunner/service/search-attributes';
import type { Temporal } from '@showrunner/service';

const START_RETRY_MS = 5_000;
/** Below the time that the gateway waits for an answer. */
const WAIT_MS = 100_000;
const POLL_MS = 250;

/** Apps that models write for prompts: the workflow `generateApp` of each, and how far it is. */
export class GenerationsService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(TEMPORAL) private readonly temporal: Temporal,
    @Inject(DEFAULT_PROVIDER) private readonly defaultProvider: SandboxProviderName,
  ) {}

  /** @throws {AppError} `temporal_unavailable` (503); the generation is marked failed then, `provider_not_set_up` (422) */
  async start(tenantId: string, project: { id: string; name: string }): Promise<void> {
    const provider = requireProvider(undefined, this.defaultProvider);
    const input: GenerateAppInput = { projectId: project.id, provider };
    try {
      await this.temporal.call(
        (client) =>
          client.workflow.start('generateApp', {
            workflowId: workflowIds.generation(project.id),
            taskQueue: WORKFLOW_QUEUES.generateApp,
            args: [input],
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            typedSearchAttributes: searchAttributes({
              ShowrunnerProject: project.id,
              ShowrunnerProvider: provider,
            }),
            staticSummary: `write ${project.name}`,
          }),
        { retryMs: START_RETRY_MS },
      );
    } catch (error) {
      // The answer to the first try was lost; it runs.
      if (error instanceof WorkflowExecutionAlreadyStartedError) return;
      const message = error instanceof AppError ? error.message : 'The writing could not be started.';
      const failure = {
        code: error instanceof AppError ? error.code : 'internal_error',
        message,
        stage: 'queued',
      };
      await this.database
        .forTenant(tenantId)
        .generations.setState(project.id, { state: 'failed', message, failure });
      throw error;
    }
  }

  /** Null for a project that was not made of a prompt. */
  async find(tenantId: string, projectId: string): Promise<Generation | null> {
    const { generations, modelCalls } = this.database.forTenant(tenantId);
    const record = await generations.find(projectId);
    return record && { ...toGeneration(record), usage: await modelCalls.ofProject(projectId) };
  }

  /** Waits until the app answers, for as long as a request may. @throws {AppError} why it could not be made */
  async untilEnded(tenantId: string, projectId: string): Promise<void> {
    const { generations } = this.database.forTenant(tenantId);
    for (const until = Date.now() + WAIT_MS; Date.now() < until; await delay(POLL_MS)) {
      const { state, failure, message } = await generations.get(projectId);
      if (state === 'running') return;
      if (state === 'failed')
        throw new AppError(toldCode(failure?.code ?? 'app_not_generated'), failure?.message ?? message, {
          status: 422,
          remedy: failure?.remedy,
          details: { projectId },
        });
    }
  }
}

/** As the API shows it: whose it is, is known from where it was asked for. */
const toGeneration = ({ projectId: _project, tenantId: _tenant, ...shown }: GenerationRecord) => shown;
