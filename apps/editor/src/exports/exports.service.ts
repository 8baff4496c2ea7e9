import { Inject } from '@nestjs/common';
import { AppError, TERMINAL_EXPORT_STATES, TERMINAL_RUN_STATES, exportIdOf } from '@showrunner/contracts';
import type { Export, ExportOutput, RenderExportInput } from '@showrunner/contracts';
import type { ExportRecord, RunRecord, TenantDatabase, TenantDatabases } from '@showrunner/database';
import { DATABASE, LOGGER, OBJECT_STORE } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import { rewound } from '@showrunner/timeline';
import { ExportWorkflows } from './export-workflows';
import { storedFilm } from './stored-film';

const toResource = (record: ExportRecord): Export => ({
  ...record,
  files: record.files.map((file) => ({ ...file, href: `/api/exports/${record.id}/artifacts/${file.name}` })),
});

/** An MP4 as it was filmed is what is made when nothing is said. */
const asked = (output: ExportOutput | null): Pick<RenderExportInput, 'output'> =>
  output === null || (output.format === 'mp4' && Object.keys(output).length === 1) ? {} : { output };

export class ExportsService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(ExportWorkflows) private readonly workflows: ExportWorkflows,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {}

  private stored(run: RunRecord): ReturnType<typeof storedFilm> {
    return storedFilm({ database: this.database, store: this.store }, run);
  }

  /** @throws {NotFoundError} */
  async get(tenantId: string, id: string): Promise<Export> {
    return toResource(await this.database.forTenant(tenantId).exports.get(id));
  }

  /** Newest first. @throws {NotFoundError} no such run */
  async ofRun(tenantId: string, runId: string): Promise<Export[]> {
    const { exports, runs } = this.database.forTenant(tenantId);
    await runs.get(runId);
    return (await exports.listByRun(runId)).map(toResource);
  }

  /**
   * Asks for the film of a run once more, rendered from what is stored as `output` says. Accepted also while Temporal is away: `start` is tried again.
   * @throws {NotFoundError} no such run @throws {AppError} see `storedFilm`; 410 `timeline_version_gone`
   */
  async create(tenantId: string, runId: string, id: string, output: ExportOutput): Promise<Export> {
    const owned = this.database.forTenant(tenantId);
    const run = await owned.runs.get(runId);
    if ((await owned.exports.find(id)) === null) {
      await this.stored(run);
      const pinned = await this.pinned(owned, runId, output);
      await owned.transaction(async (tx) => {
        if (!(await tx.exports.save({ id, runId, state: 'queued', output: pinned }))) return;
        const { projectId } = run;
        await tx.outbox.append({
          type: 'EXPORT_PROGRESS',
          projectId,
          runId,
          data: { exportId: id, state: 'queued' },
        });
      });
    }
    await this.start(tenantId, id).catch((error: unknown) => {
      this.logger.warn({ err: error, exportId: id }, 'The workflow of an export could not be started yet');
    });
    return toResource(await owned.exports.get(id));
  }

  /**
   * An export is of the timeline as it is when it is asked for, whatever is edited while it waits.
   * @throws {AppError} 410 `timeline_version_gone`
   */
  private async pinned(owned: TenantDatabase, runId: string, output: ExportOutput): Promise<ExportOutput> {
    const stored = await owned.timelines.find(runId);
    const { timelineVersion = stored?.version } = output;
    if (timelineVersion === undefined) return output;
    const inverses = await owned.timelines.inversesAfter(runId, timelineVersion);
    if (stored === null) throw new AppError('timeline_version_gone', `The timeline of run ${runId} is not stored.`, {
      status: 410, remedy: 'Leave timelineVersion out.',
    }); // prettier-ignore
    // Asked before it waits, not when its turn comes.
    rewound({ ...stored, inverses }, timelineVersion);
    return { ...output, timelineVersion };
  }

  /** Starts the workflow of an export that waits. What it needs may have gone since: then it fails and says so. */
  async start(tenantId: string, id: string): Promise<void> {
    const { exports, runs } = this.database.forTenant(tenantId);
    const { runId, state, output } = await exports.get(id);
    if (state !== 'queued') return;
    const run = await runs.get(runId);
    try {
      await this.workflows.start(run, { exportId: id, ...(await this.stored(run)), ...asked(output) });
    } catch (error) {
      if (!(error instanceof AppError) || error.retryable) throw error;
      const { code, message, remedy } = error;
      await exports.save({
        ...{ id, runId, state: 'failed' },
        failure: { code, message, remedy, stage: 'exporting' },
      });
    }
  }

  /**
   * Ends an export that waits or is being rendered.
   * @throws {NotFoundError} @throws {AppError} 409 `export_ended`, `export_of_run`; `temporal_unavailable`
   */
  async cancel(tenantId: string, id: string): Promise<Export> {
    const { exports, runs } = this.database.forTenant(tenantId);
    const { runId, state } = await exports.get(id);
    if (TERMINAL_EXPORT_STATES.includes(state)) {
      throw new AppError('export_ended', `Export ${id} has ended already: it is ${state}.`, {
        status: 409,
        remedy: 'Nothing is left to cancel.',
      });
    }
    const run = await runs.get(runId);
    const isOfRun = id === exportIdOf(runId) || id === runId;
    if (isOfRun && !TERMINAL_RUN_STATES.includes(run.state)) {
      throw new AppError('export_of_run', `Export ${id} is a part of run ${runId}, which is not over.`, {
        status: 409,
        remedy: `Cancel the run: POST /api/runs/${runId}/cancel.`,
      });
    }
    if (!(await this.workflows.cancel(id))) await exports.save({ id, runId, state: 'cancelled' });
    return toResource(await exports.get(id));
  }
}
