import { Inject } from '@nestjs/common';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Client, WorkflowExecutionStatusName } from '@temporalio/client';
import {
  gitSourceAt,
  SIGNALS,
  TERMINAL_RUN_STATES,
  WORKFLOW_QUEUES,
  workflowIds,
  sandboxIdOf,
} from '@showrunner/contracts';
import type {
  DriveSessionInput,
  ProduceVideoInput,
  RunFailure,
  RunState,
  StopReason,
} from '@showrunner/contracts';
import type { ProjectRecord, RunRecord, TenantDatabases } from '@showrunner/database';
import { previewUrl } from '@showrunner/preview';
import type { PreviewBase } from '@showrunner/preview';
import { DATABASE, signedPath, TEMPORAL } from '@showrunner/service';
import type { Temporal } from '@showrunner/service';
import { searchAttributes } from '@showrunner/service/search-attributes';

export const RUN_LINKS = Symbol('RUN_LINKS');
/** Where operators find the preview and the film of a run. */
export interface RunLinks {
  gatewayPort: number;
  previews: PreviewBase;
  /** Signs the link to the film, which a browser opens without a key. */
  secret: string;
}

export const ON_SANDBOX_LOST = Symbol('ON_SANDBOX_LOST');
/** What runs do when their sandbox dies; not for those that were started before. */
export type OnSandboxLost = NonNullable<ProduceVideoInput['onSandboxLost']>;

const START_RETRY_MS = 2_000;
const SIGNAL_TIMEOUT_MS = 1_500;
const SIGNAL_RETRY_MS = 500;
const MAX_SUMMARY = 200;
/** Longest value of a keyword attribute in every store of Temporal. */
const MAX_ATTRIBUTE = 200;
/** Operators look at films of this week; then the history that holds the link is near its end, too. */
const FILM_LINK_MS = 7 * 24 * 60 * 60 * 1000;

/** Runs and their workflows: brings together what the database says and what Temporal does. Every call may be repeated. */
export class RunWorkflows {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(TEMPORAL) private readonly temporal: Temporal,
    @Inject(RUN_LINKS) private readonly links: RunLinks,
    @Inject(ON_SANDBOX_LOST) private readonly onSandboxLost: OnSandboxLost,
  ) {}

  /**
   * Starts the workflow of a queued run unless it was started already. A run that was asked to stop before that ends here.
   * @throws {AppError} `temporal_unavailable`
   */
  async start(run: RunRecord): Promise<void> {
    if (await this.endIfStopped(run)) return;
    const { projects } = this.database.forTenant(run.tenantId);
    const project = await projects.find(run.projectId);
    if (project === null) {
      await this.end(run, 'failed', PROJECT_GONE);
      return;
    }
    if (run.session !== null) return this.drive(run, project, run.session);
    const input: ProduceVideoInput = {
      runId: run.id,
      projectId: run.projectId,
      ...(await this.sourcesOf(run, project)),
      intent: run.intent,
      overrides: run.overrides,
      provider: run.provider,
      size: run.size,
      pace: run.pace,
      ...(run.aspect === null ? {} : { aspect: run.aspect }),
      ...(run.theme === null ? {} : { theme: run.theme }),
      ...(run.voice === null ? {} : { voice: run.voice }),
      keepSandbox: run.keepSandbox,
      onSandboxLost: this.onSandboxLost,
      ...(run.limits === null ? {} : { limits: run.limits }),
      ...(run.planId === null ? {} : { planId: run.planId }),
      ...(run.replayOf === null ? {} : { replayOf: run.replayOf }),
      ...(run.recorded === null ? {} : { recorded: run.recorded }),
      ...(run.review === null ? {} : { reviewMinutes: run.review.minutes }),
      ...(run.checkOf === null ? {} : { checkOf: run.checkOf }),
    };
    await this.begin('produceVideo', run, project.name, input);
  }

  /** A session that somebody drives by hand. */
  private drive(
    run: RunRecord,
    { name, source }: ProjectRecord,
    session: DriveSessionInput['session'],
  ): Promise<void> {
    const { id, projectId, overrides, provider, size, pace, limits, aspect, theme } = run;
    const input: DriveSessionInput = {
      ...{ runId: id, projectId, source, overrides, provider, size, pace, session },
      ...(limits !== null && { limits }),
      ...(aspect !== null && { aspect }),
      ...(theme !== null && { theme }),
    };
    return this.begin('driveSession', run, name, input);
  }

  private async begin(
    type: 'produceVideo' | 'driveSession',
    run: RunRecord,
    projectName: string,
    input: ProduceVideoInput | DriveSessionInput,
  ): Promise<void> {
    const options = { ...this.startOptions(run, projectName), args: [input] };
    try {
      await this.temporal.call(
        (client) => client.workflow.start(type, { ...options, taskQueue: WORKFLOW_QUEUES[type] }),
        { retryMs: START_RETRY_MS },
      );
    } catch (error) {
      // It ran and has ended: what it wrote counts.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    const { stopRequested } = await this.database.forTenant(run.tenantId).runs.get(run.id);
    if (stopRequested !== null) await this.signal(run, stopRequested);
  }

  /**
   * Tells the workflow of a run to stop. A run whose workflow does not exist ends at once.
   * @returns false when there was nothing to tell yet
   * @throws {AppError} `temporal_unavailable`
   */
  async signal(run: RunRecord, stop: StopReason): Promise<boolean> {
    try {
      await this.temporal.call((client) => tellToStop(client, workflowIds.run(run.id), stop), {
        timeoutMs: SIGNAL_TIMEOUT_MS,
        retryMs: SIGNAL_RETRY_MS,
      });
      return true;
    } catch (error) {
      // Not there, or it ended in this moment.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      return (await this.status(run.id)) === null ? this.endIfStopped(run) : true;
    }
  }

  /** Temporal's status of a run's workflow; null when it was never started. @throws {AppError} `temporal_unavailable` */
  async status(runId: string): Promise<WorkflowExecutionStatusName | null> {
    try {
      const { status } = await this.temporal.call((client) =>
        client.workflow.getHandle(workflowIds.run(runId)).describe(),
      );
      return status.name;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  /** Ends a run in the database and says so; does nothing when it has ended. */
  async end(
    { id: runId, tenantId, projectId }: RunRecord,
    state: RunState,
    failure: RunFailure | string,
  ): Promise<void> {
    const message = typeof failure === 'string' ? failure : failure.message;
    await this.database.forTenant(tenantId).transaction(async (tx) => {
      const facts = typeof failure === 'string' ? {} : { failure };
      if ((await tx.runs.setState({ id: runId, state, message, ...facts })) !== 'state') return;
      await tx.outbox.append({ type: 'RUN_STATE', projectId, runId, data: { state, message, ...facts } });
    });
  }

  /** What is filmed, and what it is compared with. */
  private async sourcesOf(
    { compare, tenantId }: RunRecord,
    { id: projectId, source }: ProjectRecord,
  ): Promise<Pick<ProduceVideoInput, 'source' | 'base'>> {
    if (compare === null) return { source };
    const { base: ref, head, baseProjectId } = compare;
    if (source.kind === 'git')
      return {
        source: head === undefined ? source : gitSourceAt(source, head),
        base: { projectId, ref, source: gitSourceAt(source, ref) },
      };
    const other =
      baseProjectId === undefined
        ? null
        : await this.database.forTenant(tenantId).projects.find(baseProjectId);
    return other === null ? { source } : { source, base: { projectId: other.id, ref, source: other.source } };
  }

  private async endIfStopped(run: RunRecord): Promise<boolean> {
    const { state, stopRequested } = await this.database.forTenant(run.tenantId).runs.get(run.id);
    if (TERMINAL_RUN_STATES.includes(state)) return true;
    if (stopRequested === null) return false;
    if (stopRequested === 'budget') {
      await this.end(run, 'failed', BUDGET_EXCEEDED);
      return true;
    }
    const isKill = stopRequested === 'kill';
    await this.end(run, isKill ? 'killed' : 'cancelled', isKill ? 'Killed' : 'Cancelled');
    return true;
  }

  private startOptions(run: RunRecord, projectName: string) {
    const { gatewayPort, previews, secret } = this.links;
    const film = signedPath(
      `/api/runs/${run.id}/artifacts/video.mp4`,
      run.tenantId,
      secret,
      Date.now() + FILM_LINK_MS,
    );
    const what = run.session === null ? 'film' : 'drive by hand';
    const summary = run.intent === '' ? `${what} ${projectName}` : `${what} ${projectName}: ${run.intent}`;
    return {
      workflowId: workflowIds.run(run.id),
      workflowIdConflictPolicy: 'USE_EXISTING' as const,
      workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
      typedSearchAttributes: searchAttributes({
        ShowrunnerProject: run.projectId,
        ShowrunnerProjectName: projectName.slice(0, MAX_ATTRIBUTE),
        ...(run.intent === '' ? {} : { ShowrunnerIntent: run.intent.slice(0, MAX_ATTRIBUTE) }),
        ShowrunnerTenant: run.tenantId,
        ShowrunnerRun: run.id,
        ShowrunnerState: 'queued',
        ShowrunnerProvider: run.provider,
      }),
      memo: {
        // One sandbox a build, one build a run.
        preview: previewUrl(previews, { sandboxId: sandboxIdOf(run.id) }),
        video: `http://localhost:${gatewayPort}${film}`,
        project: projectName,
        intent: run.intent,
        tenant: run.tenantId,
      },
      staticSummary: summary.slice(0, MAX_SUMMARY),
    };
  }
}

/**
 * Says how to stop, then asks Temporal for the cancellation: only a workflow that was asked ends as Cancelled. Being over budget is a failure.
 */
async function tellToStop(client: Client, workflowId: string, stop: StopReason): Promise<void> {
  await client.workflow.getHandle(workflowId).signal(SIGNALS[stop]);
  if (stop === 'budget') return;
  try {
    await client.workflowService.requestCancelWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId },
      identity: client.options.identity,
      requestId: `${workflowId}-${stop}`,
      reason: STOP_REASONS[stop],
    });
  } catch (error) {
    // The signal was enough: it has ended in this moment.
    if ((error as { code?: unknown }).code !== GRPC_NOT_FOUND) throw error;
  }
}
const GRPC_NOT_FOUND = 5;
const STOP_REASONS = { cancel: 'Cancelled: stop at the next safe point', kill: 'Killed: stop now' } as const;

export const BUDGET_EXCEEDED: RunFailure = {
  code: 'budget_exceeded',
  message: 'The sandbox of this run cost more than its budget.',
  remedy: 'Give the run a larger budget (budgetUsd, or the setting RUN_BUDGET_USD), or a smaller sandbox.',
  stage: 'budget',
};

const PROJECT_GONE: RunFailure = {
  code: 'project_deleted',
  message: 'The project was deleted before the run could begin.',
  remedy: 'Create the project again and start a new run.',
  stage: 'queued',
};
