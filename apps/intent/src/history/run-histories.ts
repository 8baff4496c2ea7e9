import { setTimeout as delay } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { WorkflowNotFoundError } from '@temporalio/client';
import {
  AppError,
  NotFoundError,
  storageKeys,
  TERMINAL_RUN_STATES,
  workflowIds,
} from '@showrunner/contracts';
import type { RunRecord, TenantDatabases } from '@showrunner/database';
import { DATABASE, OBJECT_STORE, TEMPORAL } from '@showrunner/service';
import type { Temporal } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import { RunWorkflows } from '../runs/run-workflows';

/** A run is over a moment before its workflow is: the last thing that it does is to say so. */
const CLOSE_WAIT_MS = 5_000;
const CLOSE_POLL_MS = 100;
const FETCH_TIMEOUT_MS = 10_000;

/** Histories of runs: from Temporal while it has them, from the object store afterwards. */
export class RunHistories {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(TEMPORAL) private readonly temporal: Temporal,
    @Inject(RunWorkflows) private readonly workflows: RunWorkflows,
  ) {}

  /**
   * `{"workflows": {"run-<id>": history, "build-<id>": …, "film-<id>": …, "export-<id>": …}}` as JSON text.
   * @throws {NotFoundError} when there is none @throws {AppError} `temporal_unavailable`
   */
  async export(tenantId: string, runId: string): Promise<string> {
    const run = await this.database.forTenant(tenantId).runs.get(runId);
    const isOver = TERMINAL_RUN_STATES.includes(run.state);
    const key = storageKeys.history(runId);
    if (isOver && (await this.store.head(key)) !== null) return (await this.store.read(key)).toString();
    if (isOver) await this.untilClosed(runId);
    const text = await this.fetch(run);
    if (text === null) throw new NotFoundError('history of run', runId);
    if (isOver && (await this.isClosed(runId))) await this.store.put(key, text);
    return text;
  }

  /** Keeps the history of a run that is over; false when its workflow has not closed yet. */
  async archive(run: RunRecord): Promise<boolean> {
    const { id: runId } = run;
    const key = storageKeys.history(runId);
    if ((await this.store.head(key)) !== null) return true;
    const status = await this.workflows.status(runId);
    if (status === null) return true;
    if (status === 'RUNNING') return false;
    const text = await this.fetch(run);
    if (text !== null) await this.store.put(key, text);
    // Deleted meanwhile: what came too late goes too.
    if ((await this.database.forTenant(run.tenantId).runs.find(runId)) === null) await this.store.delete(key);
    return true;
  }

  private async untilClosed(runId: string): Promise<void> {
    const deadline = Date.now() + CLOSE_WAIT_MS;
    while (!(await this.isClosed(runId)) && Date.now() < deadline) await delay(CLOSE_POLL_MS);
  }

  private async isClosed(runId: string): Promise<boolean> {
    return (await this.workflows.status(runId)) !== 'RUNNING';
  }

  private async fetch({ id: runId, tenantId, buildId }: RunRecord): Promise<string | null> {
    const exports = await this.database.forTenant(tenantId).exports.listByRun(runId);
    const ids = [
      workflowIds.run(runId),
      workflowIds.build(buildId ?? runId),
      workflowIds.film(runId),
      ...exports.map(({ id }) => workflowIds.export(id)),
    ];
    const found = await Promise.all(ids.map((id) => this.fetchOne(id)));
    const members = ids.flatMap((id, index) => {
      const history = found[index];
      return history == null ? [] : [`${JSON.stringify(id)}:${history}`];
    });
    return members.length === 0 ? null : `{"workflows":{${members.join(',')}}}`;
  }

  private async fetchOne(workflowId: string): Promise<string | null> {
    try {
      const history = await this.temporal.call(
        (client) => client.workflow.getHandle(workflowId).fetchHistory(),
        {
          timeoutMs: FETCH_TIMEOUT_MS,
        },
      );
      // The memo leads operators to the film by a link that opens without a key; a history that is handed out does not.
      for (const { workflowExecutionStartedEventAttributes: started } of history.events ?? [])
        if (started) started.memo = null;
      // Loaded on first use: it builds every type of Temporal's protocol.
      const { historyToJSON } = await import('@temporalio/common/lib/proto-utils.js');
      return historyToJSON(history);
    } catch (error) {
      if (isMissing(error)) return null;
      if (error instanceof AppError) throw error;
      throw new AppError('history_unreadable', `The history of ${workflowId} cannot be read.`, {
        cause: error,
      });
    }
  }
}

/** Fetching a history gives gRPC's own NOT_FOUND where other calls give an error of the SDK. */
function isMissing(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || (error as { code?: unknown }).code === GRPC_NOT_FOUND;
}
const GRPC_NOT_FOUND = 5;
