import { Inject, Module } from '@nestjs/common';
import type { Database } from '@showrunner/database';
import { LOGGER, PLATFORM_DATABASE, PeriodicTask } from '@showrunner/service';
import type { Resources } from '@showrunner/service';

const HOUR_MS = 3_600_000;

/** Seals anew, at the start and every hour, what another key than today's sealed, and what an earlier release left in the clear. */
export class ResealSecrets extends PeriodicTask {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {
    super({ everyMs: HOUR_MS, logger, failure: 'Secrets could not be sealed anew' });
  }

  protected async runOnce(): Promise<void> {
    const count = await this.database.secrets.reseal();
    if (count > 0) this.logger.info({ count }, 'Sealed secrets anew');
  }
}

@Module({ providers: [ResealSecrets] })
export class SecretsModule {}
