import { setTimeout as delay } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { AppError, toldCode } from '@showrunner/contracts';
import type { CreateSandbox, DesiredState, SandboxPurpose, SandboxResource } from '@showrunner/contracts';
import { isOfBuild } from '@showrunner/database';
import type { Page, PageRequest, SandboxFilter, SandboxRecord, TenantDatabases } from '@showrunner/database';
import { DATABASE, LOGGER } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import { SandboxAccess } from './sandbox-access';
import { SandboxQueue } from './sandbox-queue';
import { SandboxRequests } from './sandbox-requests';
import { toResource } from './sandbox-resource';
import { SandboxWorkflows } from './sandbox-workflows';

const POLL_MS = 60;
const MINUTE_MS = 60_000;
const SIGNALS = { running: 'start', stopped: 'stop', archived: 'archive', destroyed: 'delete' } as const;

/** The life of sandboxes as their owners see it: what they ask for is written down; workflows do it. */
export class SandboxesService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(SandboxAccess) private readonly access: SandboxAccess,
    @Inject(SandboxRequests) private readonly requests: SandboxRequests,
    @Inject(SandboxQueue) private readonly queue: SandboxQueue,
    @Inject(SandboxWorkflows) private readonly workflows: SandboxWorkflows,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {}

  async list(tenantId: string, page: PageRequest & SandboxFilter): Promise<Page<SandboxResource>> {
    const { previews, sandboxes } = this.database.forTenant(tenantId);
    const { data, nextCursor } = await sandboxes.list(page);
    const live = await previews.listLive();
    const urls = new Map(live.map(({ sandboxId, url }) => [sandboxId, url]));
    return { data: data.map((sandbox) => toResource(sandbox, urls.get(sandbox.id) ?? null)), nextCursor };
  }

  async get(tenantId: string, id: string): Promise<SandboxResource> {
    return this.shown(await this.access.record(tenantId, id));
  }

  /** Accepts a request, which then waits for a place. One with this id that was accepted before is answered. Errors: see `SandboxRequests`. */
  async accept(
    tenantId: string,
    body: CreateSandbox,
    purpose: SandboxPurpose,
    id?: string,
  ): Promise<{ id: string }> {
    const record = await this.requests.accept(tenantId, body, purpose, id);
    await this.admit();
    return { id: record.id };
  }

  /**
   * Resolves when an accepted sandbox runs.
   * @throws {AppError} why it does not (503); `sandbox_queue_wait` (503)
   */
  async running(tenantId: string, id: string, waitMs: number, signal: AbortSignal): Promise<void> {
    const record = await this.access.record(tenantId, id);
    const isSettled = ({ status }: SandboxRecord): boolean => !['queued', 'creating'].includes(status);
    const sandbox = await this.settled(record, waitMs, isSettled, signal);
    if (sandbox.status === 'running') return;
    if (sandbox.failure !== null) {
      const { code, message, remedy } = sandbox.failure;
      throw new AppError(toldCode(code), message, { status: 503, remedy });
    }
    throw new AppError('sandbox_queue_wait', 'No place for a sandbox came free in time.', {
      status: 503,
      retryable: true,
      remedy: 'Try again in a moment; GET /api/sandboxes shows what holds the places.',
    });
  }

  /** An accepted sandbox as soon as it runs or failed, at the latest after so long. */
  async made(tenantId: string, id: string, waitMs: number): Promise<SandboxResource> {
    const record = await this.access.record(tenantId, id);
    return this.settled(record, waitMs, ({ status }) => status !== 'queued' && status !== 'creating');
  }

  /**
   * Notes what its owner wants of a sandbox and tells its workflow. Accepted also while Temporal is away: it is told later.
   * A stopped one that shall run again waits for a place as a new one does.
   * @throws {AppError} `sandbox_in_use`, `sandbox_not_running` (409)
   */
  async want(tenantId: string, id: string, desired: DesiredState, waitMs = 0): Promise<SandboxResource> {
    const record = await this.access.record(tenantId, id);
    if (record.status === 'destroyed') {
      if (desired === 'destroyed') return this.shown(record);
      throw gone(id, 'destroyed');
    }
    await this.access.requireFree(record);
    const { sandboxes } = this.database.forTenant(tenantId);
    if (desired === 'destroyed' && (await this.queue.withdraw(record))) {
      if (isOfBuild(record)) await this.queue.tellPatiently(record);
      return this.get(tenantId, id);
    }
    if (desired === 'destroyed' && isOfBuild(record)) {
      await this.workflows.remove(record);
    } else {
      if (desired !== 'destroyed') this.requireMovable(record);
      if (desired === 'running' && (await sandboxes.requestStart(id))) await this.admit();
      else {
        if (!(await sandboxes.setDesired(id, desired))) throw gone(id, 'being deleted');
        // A start right after a stop must outweigh the stop that goes on.
        if (desired === 'running') await sandboxes.touch(id, new Date());
        await this.tell(record, SIGNALS[desired]);
      }
    }
    return this.settled(
      record,
      waitMs,
      // One that failed is deleted as any other.
      ({ status }) =>
        status === desired || status === 'destroyed' || (status === 'failed' && desired !== 'destroyed'),
    );
  }

  /** Counts as deleted from now on, whatever its provider says: for one whose deletion fails for good. Its workflow ends with it. */
  async abandon(tenantId: string, id: string): Promise<SandboxResource> {
    const record = await this.access.record(tenantId, id);
    await this.access.requireFree(record);
    if (await this.database.forTenant(tenantId).sandboxes.markDestroyed(id)) {
      this.logger.warn({ sandboxId: id, provider: record.provider, tenantId }, 'A sandbox was given up');
      if (!isOfBuild(record)) await this.tell(record, 'delete');
    }
    return this.get(tenantId, id);
  }

  /** Not stopped for lack of use for so long from now; a deadline moves by as much. */
  async extend(tenantId: string, id: string, minutes: number): Promise<SandboxResource> {
    const record = await this.access.record(tenantId, id);
    if (record.status !== 'running' && record.status !== 'creating' && record.status !== 'queued')
      throw gone(id, record.status);
    const ms = minutes * MINUTE_MS;
    const { sandboxes } = this.database.forTenant(tenantId);
    if (record.deadlineAt !== null) {
      const from = Math.max(Date.parse(record.deadlineAt), Date.now());
      await sandboxes.setLease(id, { deadlineAt: new Date(from + ms).toISOString() });
    }
    const ahead = record.idleTimeoutMs === null ? 0 : Math.max(0, ms - record.idleTimeoutMs);
    await sandboxes.touch(id, new Date(Date.now() + ahead));
    await this.tell(record, 'extend');
    return this.get(tenantId, id);
  }

  /** The record as soon as it is what was waited for, or as it is when the time is over. */
  async settled(
    { id, tenantId }: SandboxRecord,
    waitMs: number,
    isSettled: (record: SandboxRecord) => boolean,
    signal?: AbortSignal,
  ): Promise<SandboxResource> {
    const until = Date.now() + waitMs;
    for (;;) {
      const record = await this.access.record(tenantId, id);
      if (isSettled(record) || Date.now() >= until || signal?.aborted) return this.shown(record);
      await delay(POLL_MS);
    }
  }

  private async shown(record: SandboxRecord): Promise<SandboxResource> {
    const [preview, position] = await Promise.all([
      this.database.forTenant(record.tenantId).previews.find(record.id),
      this.queue.position(record),
    ]);
    return toResource(record, preview?.url ?? null, position);
  }

  private async tell(
    record: SandboxRecord,
    signal: (typeof SIGNALS)[DesiredState] | 'extend',
  ): Promise<void> {
    // One that has no place yet has no workflow either.
    if (record.status === 'queued') return;
    try {
      await this.workflows.tell(record, signal);
    } catch (error) {
      this.logger.warn({ err: error, sandboxId: record.id, signal }, 'A sandbox could not be told yet');
    }
  }

  private requireMovable(record: SandboxRecord): void {
    const { id, status } = record;
    if (status === 'failed' || status === 'queued') throw gone(id, status);
    if (!isOfBuild(record)) return;
    throw new AppError('sandbox_in_use', `The sandbox ${id} belongs to a build.`, {
      status: 409,
      remedy: 'It can be deleted; sandboxes of POST /api/sandboxes can be stopped and started.',
    });
  }

  private async admit(): Promise<void> {
    await this.queue.admit().catch((error: unknown) => {
      this.logger.warn({ err: error }, 'A sandbox waits for the next round of the queue');
    });
  }
}

const gone = (id: string, how: string): AppError =>
  new AppError('sandbox_not_running', `The sandbox ${id} is ${how}.`, {
    status: 409,
    remedy: 'Create another: POST /api/sandboxes.',
  });
