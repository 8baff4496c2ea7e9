import { Inject } from '@nestjs/common';
import { AppError } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { deletePerson, LOGGER, PLATFORM_DATABASE, PeriodicTask } from '@showrunner/service';
import type { Resources } from '@showrunner/service';

export const GUEST_LIMITS = Symbol('GUEST_LIMITS');
export interface GuestLimits {
  /** Without a visit. */
  guestsKeptDays: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BATCH = 100;

/** Deletes, every hour, guests whom nobody has claimed and who were not seen for so long, with the tenants made for them. */
export class ForgetGuests extends PeriodicTask {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(GUEST_LIMITS) private readonly limits: GuestLimits,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {
    super({ everyMs: HOUR_MS, logger, failure: 'Guests could not be forgotten' });
  }

  protected async runOnce(): Promise<void> {
    const gone = await this.forget();
    if (gone > 0) this.logger.info({ gone }, 'Forgot guests');
  }

  /** One round; answers how many went. One whose run goes on stays until the next. */
  async forget(now = Date.now()): Promise<number> {
    const before = new Date(now - this.limits.guestsKeptDays * DAY_MS);
    let gone = 0;
    for (const id of await this.database.users.guestsBefore(before, BATCH)) {
      if (this.stopping.aborted) break;
      if (await this.delete(id, before)) gone += 1;
    }
    return gone;
  }

  private async delete(id: string, before: Date): Promise<boolean> {
    try {
      return await this.database.transaction(async (tx) => {
        // Claimed, or back, since it was listed.
        if (!(await tx.users.isGuestBefore(id, before))) return false;
        await deletePerson(tx, id);
        return true;
      });
    } catch (error) {
      if (!(error instanceof AppError) || !['tenant_in_use', 'last_owner'].includes(error.code)) throw error;
      this.logger.info({ userId: id, why: error.code }, 'A guest stays for now');
      return false;
    }
  }
}
