import { Inject } from '@nestjs/common';
import type { Database } from '@showrunner/database';
import { LOGGER, PLATFORM_DATABASE, PeriodicTask } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import { Deletions } from '@showrunner/service/deletions';

const EVERY_MS = 5_000;
const BATCH = 50;

/** Goes on with deletions whose service died, or whose stores were away, between the rows and what they leave. */
export class FinishDeletions extends PeriodicTask {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(Deletions) private readonly deletions: Deletions,
    @Inject(LOGGER) logger: Resources['logger'],
  ) {
    super({ everyMs: EVERY_MS, logger, failure: 'Deletions could not be finished' });
  }

  protected runOnce(): Promise<void> {
    return this.finish();
  }

  /** One round. */
  async finish(): Promise<void> {
    for (const record of await this.database.deletions.list(BATCH)) {
      if (this.stopping.aborted) return;
      await this.deletions.carryOut(record);
    }
  }
}
