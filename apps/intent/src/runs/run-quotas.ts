import { Inject } from '@nestjs/common';
import { AppError, monthOf } from '@showrunner/contracts';
import type { TenantRepositories } from '@showrunner/database';
import { requireBudget } from '@showrunner/service';

export const RUN_QUOTA_SETTINGS = Symbol('RUN_QUOTA_SETTINGS');
/** What the settings say for tenants without limits of their own. */
export interface RunQuotaSettings {
  /** Runs that have not ended. */
  maxRuns: number;
  runsPerMinute: number;
  /** US dollars in a calendar month; undefined: no bound. */
  budgetUsd?: number;
}

const MINUTE_MS = 60_000;
const LOOK_AGAIN_SECONDS = 30;

/** How many runs a tenant may have and ask for, whoever begins them: films, checks, replays, comparisons, sessions by hand. */
export class RunQuotas {
  constructor(@Inject(RUN_QUOTA_SETTINGS) private readonly settings: RunQuotaSettings) {}

  /**
   * That a tenant may begin one more run. In the transaction that stores it, two at a time wait for each other.
   * @throws {AppError} `budget_exceeded` (402), `run_limit_reached`, `run_rate_limited` (429)
   */
  async require(
    { tenants, runs, sandboxUsage }: Pick<TenantRepositories, 'tenants' | 'runs' | 'sandboxUsage'>,
    tenantId: string,
  ): Promise<void> {
    const tenant = await tenants.ensure(tenantId);
    await tenants.lock(tenantId);
    const used = await sandboxUsage.ofTenant(tenantId, monthOf(Date.now()));
    requireBudget(used, tenant.budgetUsd ?? this.settings.budgetUsd);
    const maxRuns = tenant.maxRuns ?? this.settings.maxRuns;
    const unfinished = await runs.countUnfinished();
    if (unfinished >= maxRuns)
      throw refusal(
        'run_limit_reached',
        `${unfinished} of your runs have not ended; ${maxRuns} may be under way.`,
        LOOK_AGAIN_SECONDS,
      );
    const perMinute = tenant.runsPerMinute ?? this.settings.runsPerMinute;
    if ((await runs.countSince(new Date(Date.now() - MINUTE_MS))) >= perMinute)
      throw refusal(
        'run_rate_limited',
        `At most ${perMinute} runs a minute can be asked for.`,
        Math.ceil(60 / perMinute),
      );
  }
}

const refusal = (
  code: 'run_limit_reached' | 'run_rate_limited',
  message: string,
  retryAfterSeconds: number,
): AppError => new AppError(code, message, { retryable: true, details: { retryAfterSeconds } });
