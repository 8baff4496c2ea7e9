import { Inject } from '@nestjs/common';
import {
  AppError,
  AUTO_ARCHIVE_MS,
  AUTO_DELETE_MS,
  DEFAULT_LIMITS,
  IDLE_TIMEOUT_MS,
  InvalidInputError,
  monthOf,
  newId,
  sandboxIdOf,
} from '@showrunner/contracts';
import type { CreateSandbox, SandboxPurpose } from '@showrunner/contracts';
import type { NewSandbox, SandboxRecord, TenantDatabases, TenantRepositories } from '@showrunner/database';
import { DATABASE, requireBudget, requireLimits, requireProvider } from '@showrunner/service';
import { SANDBOX_OPTIONS } from './sandbox-options';
import type { SandboxOptions } from './sandbox-options';

const MINUTE_MS = 60_000;

/** Takes requests for sandboxes, within the quotas of their tenant. */
export class SandboxRequests {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
  ) {}

  /**
   * Stores a request; it waits for a place. One that is stored already under its id is answered, and counts once.
   * @throws {AppError} `provider_not_set_up`, `limits_too_small` (422), `budget_exceeded` (402), `sandbox_rate_limited` (429), `sandbox_queue_full` (429), `sandbox_unavailable` (503)
   */
  async accept(
    tenantId: string,
    body: CreateSandbox,
    purpose: SandboxPurpose,
    name = newId(),
  ): Promise<SandboxRecord> {
    const id = sandboxIdOf(name);
    const owned = this.database.forTenant(tenantId);
    const existing = await owned.sandboxes.find(id);
    if (existing !== null) return existing;
    const sandbox = this.toNew(id, tenantId, body, purpose);
    return owned.transaction(async (tx) => {
      await this.requireWithinQuotas(tx, tenantId);
      return tx.sandboxes.enqueue(sandbox);
    });
  }

  private toNew(id: string, tenantId: string, body: CreateSandbox, purpose: SandboxPurpose): NewSandbox {
    requireLimits(body.limits);
    const provider = requireProvider(body.provider, this.options.defaultProvider, this.options.hasKey);
    if ((this.options.places[provider] ?? 0) === 0) {
      throw new AppError('sandbox_unavailable', `This platform has no places for ${provider} sandboxes.`, {
        status: 503,
        remedy: 'Choose another provider, or set SANDBOX_PLACES.',
      });
    }
    if (body.internet && body.network !== undefined) {
      throw new InvalidInputError('network_ambiguous', 'Both `internet` and `network` are given.', {
        remedy: 'Leave one of them out.',
      });
    }
    const minutes = (given: number | null | undefined, fallback: number | null): number | null =>
      given === undefined ? fallback : given === null ? null : given * MINUTE_MS;
    const deadlineMs = minutes(body.deadlineMinutes, null);
    return {
      id,
      tenantId,
      purpose,
      provider,
      labels: body.labels,
      environment: body.environment,
      ephemeral: body.ephemeral,
      idleTimeoutMs: minutes(body.idleTimeoutMinutes, IDLE_TIMEOUT_MS[purpose]),
      autoArchiveMs: minutes(body.autoArchiveMinutes, AUTO_ARCHIVE_MS),
      autoDeleteMs: minutes(body.autoDeleteMinutes, AUTO_DELETE_MS),
      deadlineAt: deadlineMs === null ? null : new Date(Date.now() + deadlineMs).toISOString(),
      requested: { ...DEFAULT_LIMITS, ...body.limits },
      network: body.internet ? { mode: 'allow', hosts: ['*'] } : (body.network ?? null),
    };
  }

  /**
   * That a tenant may ask for one more. In the transaction that stores it, two at a time wait for each other.
   * @throws {AppError} as `accept`
   */
  async requireWithinQuotas(
    { tenants, sandboxes, sandboxUsage }: Pick<TenantRepositories, 'tenants' | 'sandboxes' | 'sandboxUsage'>,
    tenantId: string,
  ): Promise<void> {
    const { options } = this;
    const tenant = await tenants.ensure(tenantId);
    await tenants.lock(tenantId);
    const [inLastMinute, queued, used] = await Promise.all([
      tenants.countCreations(tenantId, new Date(Date.now() - MINUTE_MS)),
      sandboxes.countQueued(tenantId),
      sandboxUsage.ofTenant(tenantId, monthOf(Date.now())),
    ]);
    requireBudget(used, tenant.budgetUsd ?? options.tenantBudgetUsd);
    const perMinute = tenant.creationsPerMinute ?? options.tenantCreationsPerMinute;
    if (inLastMinute >= perMinute) {
      throw new AppError(
        'sandbox_rate_limited',
        `At most ${perMinute} sandboxes a minute can be asked for.`,
        {
          status: 429,
          retryable: true,
          remedy: 'Wait a few seconds and ask again, or use a sandbox for several things.',
          details: { retryAfterSeconds: Math.ceil(60 / perMinute) },
        },
      );
    }
    if (queued >= options.tenantMaxQueued) {
      throw new AppError('sandbox_queue_full', `${queued} requests of yours wait for a place already.`, {
        status: 429,
        retryable: true,
        remedy: 'Delete sandboxes that are not needed any more, or ask again later.',
        details: { retryAfterSeconds: 30 },
      });
    }
  }
}
