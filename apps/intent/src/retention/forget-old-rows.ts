import { Inject } from '@nestjs/common';
import type { Database } from '@showrunner/database';
import { LOGGER, PLATFORM_DATABASE, PeriodicTask } from '@showrunner/service';
import type { Resources } from '@showrunner/service';

const HOUR_MS = 3_600_000;
/** The longest a client of the event stream may stay away and still get everything by `Last-Event-ID`. */
export const EVENTS_KEPT_MS = 7 * 24 * HOUR_MS;
/** The longest after which a request may be repeated under its `Idempotency-Key`. */
export const IDEMPOTENCY_KEYS_KEPT_MS = 24 * HOUR_MS;

/** How long it is told who did what. */
export const AUDIT_KEPT_MS = 365 * 24 * HOUR_MS;

/** Forgets, every hour, published events and idempotency keys that nobody can ask for any more, and who did what a year ago, so that no table grows without end. */
export class ForgetOldRows extends PeriodicTask {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {
    super({ everyMs: HOUR_MS, logger, failure: 'Old rows could not be forgotten' });
  }

  protected async runOnce(): Promise<void> {
    const gone = await this.forget();
    if (gone.events + gone.idempotencyKeys + gone.auditEntries > 0) this.logger.info(gone, 'Forgot old rows');
  }

  /** One round; answers how many rows went. */
  async forget(now = Date.now()): Promise<{ events: number; idempotencyKeys: number; auditEntries: number }> {
    return {
      events: await this.database.outbox.deletePublishedBefore(new Date(now - EVENTS_KEPT_MS)),
      idempotencyKeys: await this.database.idempotencyKeys.deleteBefore(
        new Date(now - IDEMPOTENCY_KEYS_KEPT_MS),
      ),
      auditEntries: await this.database.audit.deleteBefore(new Date(now - AUDIT_KEPT_MS)),
    };
  }
}
