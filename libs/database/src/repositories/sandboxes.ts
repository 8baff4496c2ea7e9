import { NotFoundError } from '@showrunner/contracts';
import type {
  DesiredState,
  LimitsInForce,
  NetworkPolicy,
  SandboxLimits,
  SandboxProviderName,
  SandboxPurpose,
  SandboxState,
} from '@showrunner/contracts';
import type { Db } from '../connection/client';
import { fromJson, toJson } from '../json';
import { opened, placeOf, sealed } from '../secrets/environments';
import type { Environment } from '../secrets/environments';
import type { SecretBox } from '../secrets/secret-box';
import { pageQuery, toPage } from '../paging';
import type { Page, PageRequest } from '../paging';
import { toSandboxRecord } from './sandbox-record';
import type { NewSandbox, SandboxFailure, SandboxRecord } from './sandbox-record';

export interface SandboxFilter {
  projectId?: string;
  tenantId?: string;
  status?: SandboxState;
  purpose?: SandboxPurpose;
  /** Every label given must be there with this value. */
  labels?: Record<string, string>;
}

/** Sandboxes that exist or are about to: the reaper compares these rows with what a provider really runs. */
export function sandboxesRepository(db: Db, box: SecretBox) {
  const find = async (id: string): Promise<SandboxRecord | null> => {
    const row = await db.sandbox.findFirst({ where: { id } });
    return row && toSandboxRecord(row);
  };
  return {
    /**
     * Writes down, before the provider is called, that the sandbox of a build will exist: `queued` when it waits for its place, `creating`
     * when it has one. Answers the stored row when there is one.
     */
    async createPending(sandbox: {
      id: string;
      buildId: string;
      projectId: string;
      runId?: string;
      provider: SandboxProviderName;
      labels?: Record<string, string>;
      limits?: Partial<SandboxLimits>;
      tenantId?: string;
      /** Default `build`. */
      purpose?: SandboxPurpose;
      /** Default `creating`. */
      status?: 'queued' | 'creating';
    }): Promise<SandboxRecord> {
      const limits = sandbox.limits === undefined ? undefined : toJson(sandbox.limits);
      const { status = 'creating' } = sandbox;
      const admittedAt = status === 'creating' ? new Date() : null;
      const data = { ...sandbox, limits, requested: limits, status, admittedAt };
      await db.sandbox.createMany({ data: [data], skipDuplicates: true });
      return toSandboxRecord(await db.sandbox.findUniqueOrThrow({ where: { id: sandbox.id } }));
    },
    /** Sandboxes of a tenant that wait for a place. */
    countQueued: (tenantId: string): Promise<number> =>
      db.sandbox.count({ where: { tenantId, status: 'queued' } }),
    /** Stores a sandbox that was asked for; it waits for a place. Answers the stored row when there is one. */
    async enqueue(sandbox: NewSandbox): Promise<SandboxRecord> {
      const { requested, network, environment, ...plain } = sandbox;
      const data = {
        ...plain,
        environmentSealed: sealed(environment, box, placeOf('sandboxes', sandbox.id)),
        requested: toJson(requested),
        limits: toJson(requested),
        network: network === null ? undefined : toJson(network),
        status: 'queued',
      };
      await db.sandbox.createMany({ data: [data], skipDuplicates: true });
      return toSandboxRecord(await db.sandbox.findUniqueOrThrow({ where: { id: sandbox.id } }));
    },
    /** The provider runs it, with these limits. True when this call changed the status. */
    async markRunning(id: string, limits: LimitsInForce): Promise<boolean> {
      const { count } = await db.sandbox.updateMany({
        where: { id, status: { in: ['creating', 'stopped', 'archived'] } },
        data: {
          status: 'running',
          limits: toJson(limits),
          stoppedAt: null,
          lastUsedAt: new Date(),
          message: '',
        },
      });
      return count > 0;
    },
    /** Moves on to `stopped`, `archived` or `failed`; a destroyed sandbox stays destroyed. True when the status changed. */
    async setStatus(
      id: string,
      status: 'stopped' | 'archived' | 'failed',
      { message = '', failure }: { message?: string; failure?: SandboxFailure } = {},
    ): Promise<boolean> {
      const { count } = await db.sandbox.updateMany({
        where: { id, status: { notIn: ['destroyed', status] } },
        data: {
          status,
          message: failure?.message ?? message,
          failure: failure === undefined ? undefined : toJson(failure),
          ...(status === 'archived' ? {} : { stoppedAt: new Date() }),
        },
      });
      return count > 0;
    },
    /** A stopped or archived one shall run again, and waits for a place. False when it is neither, or is being started already. */
    async requestStart(id: string): Promise<boolean> {
      const now = new Date();
      const { count } = await db.sandbox.updateMany({
        where: { id, status: { in: ['stopped', 'archived'] }, desired: { in: ['stopped', 'archived'] } },
        data: { desired: 'running', message: '', queuedAt: now, lastUsedAt: now },
      });
      return count > 0;
    },
    /** What its owner wants from now on; whoever wants it to run no more leaves the queue. False when the sandbox is destroyed. */
    async setDesired(id: string, desired: DesiredState, message = ''): Promise<boolean> {
      const { count } = await db.sandbox.updateMany({
        where: { id, status: { not: 'destroyed' }, desired: { not: 'destroyed' } },
        data: { desired, message, ...(desired === 'running' ? {} : { queuedAt: null }) },
      });
      return count > 0;
    },
    /** Puts the sandbox of a build under a lease of its own: deleted when it was not used for so long. */
    async adopt(id: string, idleTimeoutMs: number): Promise<void> {
      await db.sandbox.updateMany({
        where: { id, idleTimeoutMs: null },
        data: { idleTimeoutMs, ephemeral: true, lastUsedAt: new Date() },
      });
    },
    /** After a stop: it stays stopped unless its owner used or started it since the stop was decided. */
    async settleStopped(id: string, decidedAt: Date, message: string): Promise<void> {
      await db.sandbox.updateMany({
        where: { id, desired: 'running', lastUsedAt: { lte: decidedAt } },
        data: { desired: 'stopped', message },
      });
    },
    /** Notes a use, never backwards; nothing for one that does not run. */
    async touch(id: string, at: Date): Promise<void> {
      await db.sandbox.updateMany({ where: { id, lastUsedAt: { lt: at } }, data: { lastUsedAt: at } });
    },
    async setLease(
      id: string,
      lease: Partial<Pick<SandboxRecord, 'idleTimeoutMs' | 'autoArchiveMs' | 'autoDeleteMs' | 'deadlineAt'>>,
    ): Promise<void> {
      await db.sandbox.updateMany({ where: { id }, data: { ...lease, lastUsedAt: new Date() } });
    },
    async setLabels(id: string, labels: Record<string, string>): Promise<void> {
      await db.sandbox.updateMany({ where: { id }, data: { labels } });
    },
    async setNetwork(id: string, network: NetworkPolicy): Promise<void> {
      await db.sandbox.updateMany({ where: { id }, data: { network: toJson(network) } });
    },
    /** It lives at another provider from now on. */
    async setProvider(
      id: string,
      provider: SandboxProviderName,
      providerId: string | null,
      limits: LimitsInForce,
    ): Promise<void> {
      await db.sandbox.updateMany({ where: { id }, data: { provider, providerId, limits: toJson(limits) } });
    },
    /** Nothing of it is left: its previews are revoked, and the build that ran in it has ended. True when this call changed it. */
    async markDestroyed(id: string): Promise<boolean> {
      const live = { where: { sandboxId: id, revokedAt: null }, data: { revokedAt: new Date() } };
      await db.preview.updateMany(live);
      await db.previewLink.updateMany(live);
      await db.build.updateMany({
        where: { sandboxId: id, state: 'running' },
        data: { state: 'ended', message: 'Its sandbox is gone.' },
      });
      const { count } = await db.sandbox.updateMany({
        where: { id, status: { not: 'destroyed' } },
        data: { status: 'destroyed', desired: 'destroyed', destroyedAt: new Date() },
      });
      return count > 0;
    },
    /** Values of its variables. For who makes it alone. */
    async openEnvironment(id: string): Promise<Environment> {
      const row = await db.sandbox.findFirst({ where: { id } });
      if (row === null) return {};
      return opened(row, fromJson<Environment>(row.environment), box, placeOf('sandboxes', id)) ?? {};
    },
    find,
    /** @throws {NotFoundError} */
    async get(id: string): Promise<SandboxRecord> {
      const sandbox = await find(id);
      if (sandbox === null) throw new NotFoundError('sandbox', id);
      return sandbox;
    },
    /** Every sandbox not known to be destroyed, oldest first. */
    async listUndestroyed(): Promise<SandboxRecord[]> {
      const rows = await db.sandbox.findMany({
        where: { status: { not: 'destroyed' } },
        orderBy: { createdAt: 'asc' },
      });
      return rows.map(toSandboxRecord);
    },
    /** Sandboxes under a lease, which a workflow keeps: of requests once they have a place, and adopted ones. By id. */
    async listLeased(limit: number, afterId = ''): Promise<SandboxRecord[]> {
      const rows = await db.sandbox.findMany({
        where: {
          id: { gt: afterId },
          status: { notIn: ['destroyed', 'queued'] },
          OR: [{ buildId: null }, { idleTimeoutMs: { not: null } }],
        },
        orderBy: { id: 'asc' },
        take: limit,
      });
      return rows.map(toSandboxRecord);
    },
    /** Newest first. */
    async list(page: PageRequest & SandboxFilter): Promise<Page<SandboxRecord>> {
      const { where, ...order } = pageQuery(page);
      const { projectId, tenantId, status, purpose, labels = {} } = page;
      const rows = await db.sandbox.findMany({
        where: {
          AND: [
            where,
            { projectId, tenantId, status, purpose },
            ...Object.entries(labels).map(([name, equals]) => ({ labels: { path: [name], equals } })),
          ],
        },
        ...order,
      });
      return toPage(rows, page.limit, toSandboxRecord);
    },
  };
}
