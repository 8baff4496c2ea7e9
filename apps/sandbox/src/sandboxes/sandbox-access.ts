import { Inject } from '@nestjs/common';
import { AppError, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { SandboxRecord, TenantDatabases } from '@showrunner/database';
import type { Sandbox } from '@showrunner/sandbox';
import { DATABASE } from '@showrunner/service';
import { SandboxProviders } from './sandbox-providers';

/** While a request works in a sandbox, it counts as used; noted this often. */
const TOUCH_EVERY_MS = 20_000;

export interface ResolvedSandbox {
  record: SandboxRecord;
  sandbox: Sandbox;
}

/** Statuses of what works in a running sandbox: what it is asked cannot be, it does not run or a run holds it, it is lost. */
export const RUNNING_PROBLEMS = [400, 409, 410] as const;

/** The way to the sandboxes of a tenant, and the clock of their use. */
export class SandboxAccess {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(SandboxProviders) private readonly providers: SandboxProviders,
  ) {}

  /** The record, for its tenant alone. @throws {NotFoundError} */
  record(tenantId: string, id: string): Promise<SandboxRecord> {
    return this.database.forTenant(tenantId).sandboxes.get(id);
  }

  /**
   * A running sandbox and its record, which is read this once.
   * @throws {AppError} `not_found` (404), `sandbox_not_running` (409), `sandbox_lost` (410)
   */
  async resolve(tenantId: string, id: string): Promise<ResolvedSandbox> {
    return this.running(await this.record(tenantId, id));
  }

  /** Like `resolve`, for what changes a sandbox. @throws {AppError} `sandbox_in_use` (409) while a run films in it */
  async resolveFree(tenantId: string, id: string): Promise<ResolvedSandbox> {
    const record = await this.record(tenantId, id);
    await this.requireFree(record);
    return this.running(record);
  }

  private async running(record: SandboxRecord): Promise<ResolvedSandbox> {
    if (record.status !== 'running') throw notRunning(record);
    const provider = await this.providers.of(record.provider);
    const sandbox = await provider.get(record.providerId ?? record.id);
    if (sandbox !== undefined) return { record, sandbox };
    throw new AppError('sandbox_lost', `The sandbox ${record.id} died.`, {
      status: 410,
      remedy: 'Create another; its files are gone with it.',
    });
  }

  /** Works in a running sandbox; meanwhile it counts as used. @throws {AppError} as `resolve` */
  async use<T>(tenantId: string, id: string, work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
    const resolved = await this.resolve(tenantId, id);
    return this.whileUsed(resolved.record, () => work(resolved.sandbox));
  }

  /** Like `use`, for what changes a sandbox. @throws {AppError} as `resolveFree` */
  async change<T>(tenantId: string, id: string, work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
    const resolved = await this.resolveFree(tenantId, id);
    return this.whileUsed(resolved.record, () => work(resolved.sandbox));
  }

  /**
   * Counts a sandbox as used while something goes on in it: noted at the end, and every 20 s before. At the start only where the idle
   * timeout would come before the first of these.
   */
  async whileUsed<T>(record: SandboxRecord, work: () => Promise<T>): Promise<T> {
    const { id, tenantId, lastUsedAt, idleTimeoutMs } = record;
    const { sandboxes } = this.database.forTenant(tenantId);
    const touch = (): void => {
      // A missed note is made good by the next one.
      sandboxes.touch(id, new Date()).catch(() => undefined);
    };
    const idleAt = Date.parse(lastUsedAt) + (idleTimeoutMs ?? Number.POSITIVE_INFINITY);
    if (idleAt <= Date.now() + TOUCH_EVERY_MS) touch();
    const timer = setInterval(touch, TOUCH_EVERY_MS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      touch();
    }
  }

  /** @throws {AppError} `sandbox_in_use` (409) while a run works with it */
  async requireFree({ buildId, tenantId }: SandboxRecord): Promise<void> {
    const { builds, runs } = this.database.forTenant(tenantId);
    const build = buildId === null ? null : await builds.find(buildId);
    const run = build?.runId ? await runs.find(build.runId) : null;
    if (run === null || TERMINAL_RUN_STATES.includes(run.state)) return;
    throw new AppError('sandbox_in_use', `Run ${run.id} works with this sandbox.`, {
      status: 409,
      remedy: `Wait for the run, or end both with POST /api/runs/${run.id}/kill.`,
    });
  }
}

function notRunning({ id, status, failure, queuedAt }: SandboxRecord): AppError {
  const waits = `It waits for a place; GET /api/sandboxes/${id} tells its position.`;
  const remedies: Partial<Record<SandboxRecord['status'], string>> = {
    queued: waits,
    creating: 'Wait a moment, it is being made.',
    stopped: `Start it: POST /api/sandboxes/${id}/start.`,
    archived: `Start it: POST /api/sandboxes/${id}/start.`,
  };
  return new AppError(
    'sandbox_not_running',
    `The sandbox ${id} is ${status}. ${failure?.message ?? ''}`.trim(),
    {
      status: 409,
      remedy: (queuedAt === null ? remedies[status] : waits) ?? 'Create another: POST /api/sandboxes.',
    },
  );
}
