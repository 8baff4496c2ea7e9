import { Inject } from '@nestjs/common';
import { AppError, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { RunFailure, RunState } from '@showrunner/contracts';
import type { Database, RunRecord } from '@showrunner/database';
import { LOGGER, PLATFORM_DATABASE, PeriodicTask } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import type { WorkflowExecutionStatusName } from '@temporalio/client';
import { RunHistories } from '../history/run-histories';
import { BUDGET_EXCEEDED, RunWorkflows } from './run-workflows';

const EVERY_MS = 1_000;
/** A run that goes its way is looked at less often than one that waits for something. */
const QUIET_MS = 4_000;
/** Recent runs whose history is looked for after a start of this service. */
const RECENT_RUNS = 100;

/**
 * Brings runs and workflows together again after either was interrupted: starts what was never started, delivers what nobody could be
 * told, ends runs whose workflow ended without saying so, and keeps the histories of runs that are over.
 */
export class RunReconciler extends PeriodicTask {
  private hasNotedRecent = false;
  private open = new Set<string>();
  private readonly unarchived = new Set<string>();
  private readonly told = new Map<string, string>();
  private readonly seenAt = new Map<string, number>();

  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(RunWorkflows) private readonly workflows: RunWorkflows,
    @Inject(RunHistories) private readonly histories: RunHistories,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {
    super({ everyMs: EVERY_MS, logger, failure: 'Runs could not be compared with their workflows' });
  }

  protected async runOnce(): Promise<void> {
    if (!this.hasNotedRecent) await this.noteRecent();
    this.hasNotedRecent = true;
    await this.reconcile();
  }

  /** One round over every run that has not ended. */
  async reconcile(): Promise<void> {
    const unfinished = await this.database.runs.listUnfinished();
    for (const run of unfinished) {
      if (this.stopping.aborted) return;
      await this.apart(run.id, () => this.reconcileRun(run));
    }
    const now = new Set(unfinished.map(({ id }) => id));
    for (const id of this.open) {
      if (now.has(id)) continue;
      this.unarchived.add(id);
      this.told.delete(id);
      this.seenAt.delete(id);
    }
    this.open = now;
    for (const id of this.unarchived) {
      if (this.stopping.aborted) return;
      await this.apart(id, async () => {
        if (await this.histories.archive(await this.database.runs.get(id))) this.unarchived.delete(id);
      });
    }
  }

  /** One run that cannot be dealt with must not keep the others waiting; a store that is away concerns them all. */
  private async apart(runId: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof AppError && error.retryable) throw error;
      this.unarchived.delete(runId);
      this.logger.error({ err: error, runId }, 'A run could not be compared with its workflow');
    }
  }

  private async noteRecent(): Promise<void> {
    const { data } = await this.database.runs.list({ limit: RECENT_RUNS });
    for (const { id, state } of data) if (TERMINAL_RUN_STATES.includes(state)) this.unarchived.add(id);
  }

  private async reconcileRun(run: RunRecord): Promise<void> {
    const isQuiet =
      run.state !== 'queued' && (run.stopRequested === null || this.told.get(run.id) === run.stopRequested);
    if (isQuiet && Date.now() - (this.seenAt.get(run.id) ?? 0) < QUIET_MS) return;
    this.seenAt.set(run.id, Date.now());
    const status = await this.workflows.status(run.id);
    if (status === null) {
      if (run.state === 'queued') await this.workflows.start(run);
      else await this.workflows.end(run, 'failed', WORKFLOW_LOST);
      return;
    }
    if (status === 'RUNNING') {
      await this.deliverStop(run);
      return;
    }
    // Its last word may have come between our two looks.
    const { state, stopRequested } = await this.database.runs.get(run.id);
    if (TERMINAL_RUN_STATES.includes(state)) return;
    await this.workflows.end(run, ...endOf(status, stopRequested));
  }

  private async deliverStop({ id, stopRequested, ...run }: RunRecord): Promise<void> {
    if (stopRequested === null || this.told.get(id) === stopRequested) return;
    if (await this.workflows.signal({ id, stopRequested, ...run }, stopRequested))
      this.told.set(id, stopRequested);
  }
}

const WORKFLOW_LOST: RunFailure = {
  code: 'workflow_lost',
  message: 'Temporal does not know this run any more.',
  remedy: 'Start the run again. If this repeats, check whether the Temporal data folder was deleted.',
  stage: 'queued',
};

/** How a run ends whose workflow ended without a last word. */
export function endOf(
  status: WorkflowExecutionStatusName,
  stopRequested: RunRecord['stopRequested'],
): [RunState, RunFailure | string] {
  if (stopRequested === 'kill') return ['killed', 'Killed'];
  if (stopRequested === 'budget') return ['failed', BUDGET_EXCEEDED];
  if (stopRequested === 'cancel' || status === 'CANCELLED') return ['cancelled', 'Cancelled'];
  const how: Partial<Record<WorkflowExecutionStatusName, string>> = {
    TERMINATED: 'was terminated from outside',
    TIMED_OUT: 'ran out of time',
    FAILED: 'failed',
  };
  return [
    'failed',
    {
      code: `workflow_${status.toLowerCase()}`,
      message: `The workflow of this run ${how[status] ?? 'ended without a result'}.`,
      remedy: 'Look at the workflow in the Temporal Web UI, then start the run again.',
      stage: 'queued',
    },
  ];
}
