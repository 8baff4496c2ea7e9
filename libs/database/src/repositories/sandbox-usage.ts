import { costOf } from '@showrunner/contracts';
import type { SandboxUsage } from '@showrunner/contracts';
import { Prisma } from '../generated/client';
import type { Db } from '../connection/client';

interface Sums {
  seconds: number | null;
  vcpu_seconds: number | null;
  memory_gib_seconds: number | null;
  storage_gib_seconds: number | null;
}

/** A second that has begun counts. */
const SECONDS = Prisma.sql`ceil(extract(epoch FROM coalesce(ended_at, clock_timestamp()) - started_at))`;
const SUMS = Prisma.sql`
  sum(${SECONDS})::float8 AS seconds, sum(${SECONDS} * vcpus)::float8 AS vcpu_seconds,
  sum(${SECONDS} * memory_gib)::float8 AS memory_gib_seconds, sum(${SECONDS} * storage_gib)::float8 AS storage_gib_seconds`;

const toUsage = (sums: Sums | undefined): SandboxUsage => {
  const used = {
    vcpuSeconds: sums?.vcpu_seconds ?? 0,
    memoryGibSeconds: sums?.memory_gib_seconds ?? 0,
    storageGibSeconds: sums?.storage_gib_seconds ?? 0,
  };
  return { seconds: sums?.seconds ?? 0, ...used, costUsd: costOf(used) };
};

/** What sandboxes used, up to now, by the meter that the database keeps. */
export function sandboxUsageRepository(db: Db, tenantId?: string) {
  const owner = tenantId === undefined ? Prisma.empty : Prisma.sql`AND tenant_id = ${tenantId}`;
  const sum = async (where: Prisma.Sql): Promise<SandboxUsage> =>
    toUsage((await db.$queryRaw<Sums[]>`SELECT ${SUMS} FROM sandbox_usage WHERE ${where} ${owner}`)[0]);
  return {
    /** Runs that go on although their sandboxes have cost what they may: their own budget, else `defaultUsd` (null: no bound). */
    async overBudgetRuns(defaultUsd: number | null): Promise<{ runId: string; budgetUsd: number }[]> {
      const rows = await db.$queryRaw<(Sums & { id: string; budget: number })[]>`
        SELECT r.id, coalesce(r.budget_usd, ${defaultUsd}::float8) AS budget, ${SUMS}
        FROM runs r JOIN sandbox_usage u ON u.run_id = r.id
        WHERE r.finished_at IS NULL AND coalesce(r.budget_usd, ${defaultUsd}::float8) IS NOT NULL
          AND (${tenantId ?? null}::text IS NULL OR r.tenant_id = ${tenantId ?? null})
        GROUP BY r.id`;
      return rows
        .filter((row) => toUsage(row).costUsd >= row.budget)
        .map(({ id, budget }) => ({ runId: id, budgetUsd: budget }));
    },
    ofSandbox: (id: string): Promise<SandboxUsage> => sum(Prisma.sql`sandbox_id = ${id}`),
    ofRun: (id: string): Promise<SandboxUsage> => sum(Prisma.sql`run_id = ${id}`),
    /** @param since stretches that began before do not count. Default: all */
    ofTenant: (id: string, since = new Date(0)): Promise<SandboxUsage> =>
      sum(Prisma.sql`tenant_id = ${id} AND started_at >= ${since}`),
  };
}
