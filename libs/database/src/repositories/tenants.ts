import type { Db } from '../connection/client';

/** Who owns sandboxes and keys; null: what the settings say. */
export interface TenantRecord {
  id: string;
  /** Most that its sandboxes may cost in a calendar month (UTC), US dollars. */
  budgetUsd: number | null;
  /** Most sandboxes at the same time. */
  maxSandboxes: number | null;
  creationsPerMinute: number | null;
}

/** The tenant of everything that nobody said otherwise about. */
export const DEFAULT_TENANT = 'default';

export function tenantsRepository(db: Db) {
  return {
    /** The tenant, stored first when it is new. */
    async ensure(id: string): Promise<TenantRecord> {
      await db.tenant.createMany({ data: [{ id }], skipDuplicates: true });
      const { budgetUsd, maxSandboxes, creationsPerMinute } = await db.tenant.findUniqueOrThrow({
        where: { id },
      });
      return { id, budgetUsd, maxSandboxes, creationsPerMinute };
    },
    async setLimits(id: string, limits: Partial<Omit<TenantRecord, 'id'>>): Promise<void> {
      await db.tenant.updateMany({ where: { id }, data: limits });
    },
    /** Sandboxes that were asked for since a moment. */
    countCreations: (id: string, since: Date): Promise<number> =>
      db.sandbox.count({ where: { tenantId: id, purpose: { not: 'build' }, createdAt: { gte: since } } }),
  };
}
