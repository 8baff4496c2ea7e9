import { Inject } from '@nestjs/common';
import type { RunFailure } from '@showrunner/contracts';
import type { Database, ExportRecord } from '@showrunner/database';
import { LOGGER, PLATFORM_DATABASE, PeriodicTask } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import { ExportWorkflows } from './export-workflows';
import { ExportsService } from './exports.service';

const EVERY_MS = 2_000;
/** An export whose workflow was just started, or has just said its last word, is given this long to say so itself. */
const SETTLED_AFTER_MS = 5_000;

/** Brings exports and their workflows together after either was interrupted: starts what waits, ends what ended without a word. */
export class ExportReconciler extends PeriodicTask {
  private readonly endedSince = new Map<string, number>();

  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(ExportsService) private readonly exports: ExportsService,
    @Inject(ExportWorkflows) private readonly workflows: ExportWorkflows,
    @Inject(LOGGER) logger: Resources['logger'],
  ) {
    super({ everyMs: EVERY_MS, logger, failure: 'Exports could not be compared with their workflows' });
  }

  protected async runOnce(): Promise<void> {
    for (const record of await this.database.exports.listUnfinished()) {
      if (this.stopping.aborted) return;
      await this.reconcile(record);
    }
  }

  private async reconcile(record: ExportRecord): Promise<void> {
    const { id, runId } = record;
    const status = await this.workflows.status(id);
    if (status === null && record.state === 'queued') {
      await this.exports.start((await this.database.runs.get(runId)).tenantId, id);
      return;
    }
    if (status === 'RUNNING') {
      this.endedSince.delete(id);
      return;
    }
    const since = this.endedSince.get(id) ?? Date.now();
    this.endedSince.set(id, since);
    if (Date.now() - since < SETTLED_AFTER_MS) return;
    this.endedSince.delete(id);
    if (status === 'CANCELLED') await this.database.exports.save({ id, runId, state: 'cancelled' });
    else await this.database.exports.save({ id, runId, state: 'failed', failure: WORKFLOW_LOST });
  }
}

const WORKFLOW_LOST: RunFailure = {
  code: 'export_lost',
  message: 'The workflow of this export ended without a result.',
  remedy: 'Ask for the export again: POST /api/runs/{id}/exports.',
  stage: 'exporting',
};
