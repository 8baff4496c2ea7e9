import { NotFoundError } from '@showrunner/contracts';
import type { LimitsInForce, SandboxLimits, SandboxProviderName, SandboxStatus } from '@showrunner/contracts';
import type { Sandbox } from '../generated/client';
import type { Db } from '../connection/client';
import { fromJson, isoOrNull, toJson } from '../json';
import { pageQuery, toPage } from '../paging';
import type { Page, PageRequest } from '../paging';

export interface SandboxRecord {
  id: string;
  buildId: string;
  projectId: string;
  provider: SandboxProviderName;
  status: SandboxStatus;
  /** In force once running; as requested before; null when nothing was asked for. */
  limits: LimitsInForce | Partial<SandboxLimits> | null;
  createdAt: string;
  destroyedAt: string | null;
}

const toRecord = (row: Sandbox): SandboxRecord => ({
  id: row.id,
  buildId: row.buildId,
  projectId: row.projectId,
  provider: row.provider as SandboxProviderName,
  status: row.status as SandboxStatus,
  limits: fromJson<SandboxRecord['limits']>(row.limits),
  createdAt: row.createdAt.toISOString(),
  destroyedAt: isoOrNull(row.destroyedAt),
});

/** Sandboxes that exist or are about to: the reaper compares these rows with what a provider really runs. */
export function sandboxesRepository(db: Db) {
  const find = async (id: string): Promise<SandboxRecord | null> => {
    const row = await db.sandbox.findFirst({ where: { id } });
    return row && toRecord(row);
  };
  return {
    /** Writes down, before the provider is called, that this sandbox will exist. Answers the stored row when there is one. */
    async intend(sandbox: {
      id: string;
      buildId: string;
      projectId: string;
      provider: SandboxProviderName;
      limits?: Partial<SandboxLimits>;
    }): Promise<SandboxRecord> {
      const limits = sandbox.limits === undefined ? undefined : toJson(sandbox.limits);
      const data = { ...sandbox, limits, status: 'creating' };
      await db.sandbox.createMany({ data: [data], skipDuplicates: true });
      return toRecord(await db.sandbox.findUniqueOrThrow({ where: { id: sandbox.id } }));
    },
    /** The provider runs it, with these limits. True when this call changed the status. */
    async markRunning(id: string, limits: LimitsInForce): Promise<boolean> {
      const { count } = await db.sandbox.updateMany({
        where: { id, status: { in: ['creating', 'stopped'] } },
        data: { status: 'running', limits: toJson(limits) },
      });
      return count > 0;
    },
    /** Sets `stopped` or `failed`; a destroyed sandbox stays destroyed. True when the status changed. */
    async setStatus(id: string, status: 'stopped' | 'failed'): Promise<boolean> {
      const { count } = await db.sandbox.updateMany({
        where: { id, status: { notIn: ['destroyed', status] } },
        data: { status },
      });
      return count > 0;
    },
    /** Nothing of it is left; its preview is revoked, too. True when this call changed it. */
    async markDestroyed(id: string): Promise<boolean> {
      await db.preview.updateMany({
        where: { sandboxId: id, revokedAt: null },
        data: { revokedAt: new Date() },
      });
      const { count } = await db.sandbox.updateMany({
        where: { id, status: { not: 'destroyed' } },
        data: { status: 'destroyed', destroyedAt: new Date() },
      });
      return count > 0;
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
      return rows.map(toRecord);
    },
    /** Newest first. */
    async list(page: PageRequest & { projectId?: string }): Promise<Page<SandboxRecord>> {
      const { where, ...order } = pageQuery(page);
      const rows = await db.sandbox.findMany({
        where: { AND: [where, { projectId: page.projectId }] },
        ...order,
      });
      return toPage(rows, page.limit, toRecord);
    },
  };
}
