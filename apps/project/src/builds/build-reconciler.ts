import { Inject } from '@nestjs/common';
import { AppError } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { LOGGER, PLATFORM_DATABASE, PeriodicTask } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import { BuildWorkflows } from '@showrunner/service/build-workflows';

const EVERY_MS = 10_000;
/** A younger build is still being started by the request that asked for it. */
const MIN_AGE_MS = 15_000;
const BATCH = 50;

/** Starts the builds whose service died between writing them down and starting their workflow. */
export class BuildReconciler extends PeriodicTask {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(BuildWorkflows) private readonly workflows: BuildWorkflows,
    @Inject(LOGGER) logger: Resources['logger'],
  ) {
    super({
      everyMs: EVERY_MS,
      logger,
      failure: 'Queued builds could not be compared with their workflows',
    });
  }

  protected runOnce(): Promise<void> {
    return this.reconcile();
  }

  /** One round. @throws {AppError} `temporal_unavailable`, or that of a database that is away */
  async reconcile(now = Date.now()): Promise<void> {
    for (const build of await this.database.builds.listQueuedBefore(new Date(now - MIN_AGE_MS), BATCH)) {
      try {
        await this.workflows.start(build);
      } catch (error) {
        if (!(error instanceof AppError) || error.retryable) throw error;
        // Its project is gone, for one.
        await this.workflows.failToStart(build, error.message);
      }
    }
  }
}
