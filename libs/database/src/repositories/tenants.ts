import { NotFoundError } from '@showrunner/contracts';
import type { Tenant } from '../generated/client';
import type { Db } from '../connection/client';

/** Who owns projects, sandboxes and keys; null: what the settings say. */
export interface TenantRecord {
  id: string;
  /** Most that its sandboxes may cost in a calendar month (UTC), US dollars. */
  budgetUsd: number | null;
  /** Most sandboxes at the same time. */
  maxSandboxes: number | null;
  creationsPerMinute: number | null;
  /** Most runs that have not ended. */
  maxRuns: number | null;
  runsPerMinute: number | null;
  createdAt: string;
}
export type TenantLimits = Partial<Omit<TenantRecord, 'id' | 'createdAt'>>;

/** The tenant of everything that nobody said otherwise about. */
export const DEFAULT_TENANT = 'default';

const toRecord = ({ deletedAt: _, isPersonal: _personal, ...row }: Tenant): TenantRecord => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});

export function tenantsRepository(db: Db) {
  const find = async (id: string): Promise<TenantRecord | null> => {
    const row = await db.tenant.findFirst({ where: { id, deletedAt: null } });
    return row && toRecord(row);
  };
  return {
    /** The tenant, stored first when it is new. */
    async ensure(id: string): Promise<TenantRecord> {
      await db.tenant.createMany({ data: [{ id }], skipDuplicates: true });
      return toRecord(await db.tenant.findUniqueOrThrow({ where: { id } }));
    },
    /** Stores a new one; null when there is one of that name. */
    async create(id: string, limits: TenantLimits): Promise<TenantRecord | null> {
      const { count } = await db.tenant.createMany({ data: [{ id, ...limits }], skipDuplicates: true });
      return count === 0 ? null : find(id);
    },
    /** One for a person who signs up: it goes with him. */
    async createPersonal(id: string): Promise<void> {
      await db.tenant.create({ data: { id, isPersonal: true } });
    },
    /** Has whoever counts what a tenant has wait for the one before, until the end of the transaction. */
    async lock(id: string): Promise<void> {
      await db.$queryRaw`SELECT 1 FROM tenants WHERE id = ${id} FOR NO KEY UPDATE`;
    },
    find,
    /** @throws {NotFoundError} */
    async get(id: string): Promise<TenantRecord> {
      const tenant = await find(id);
      if (tenant === null) throw new NotFoundError('tenant', id);
      return tenant;
    },
    /** Oldest first. */
    async list(): Promise<TenantRecord[]> {
      return (await db.tenant.findMany({ where: { deletedAt: null }, orderBy: { createdAt: 'asc' } })).map(
        toRecord,
      );
    },
    async setLimits(id: string, limits: TenantLimits): Promise<void> {
      await db.tenant.updateMany({ where: { id }, data: limits });
    },
    /** Sandboxes that were asked for since a moment. */
    countCreations: (id: string, since: Date): Promise<number> =>
      db.sandbox.count({ where: { tenantId: id, purpose: { not: 'build' }, createdAt: { gte: since } } }),
  };
}
