import { NotFoundError } from '@showrunner/contracts';
import { Prisma } from '../generated/client';
import type { Deletion } from '../generated/client';
import type { Db } from '../connection/client';
import { leftOf } from '../deletion/left-behind';
import { requireIdle, requireRunEnded } from '../deletion/require-ended';
import { deletePlans, deleteProjectRows, deleteRunRows, deleteTenantRows } from '../deletion/rows';

/** What deleted rows leave outside of the database, until it is gone too. */
export type DeletionRecord = Omit<Deletion, 'createdAt'>;

/**
 * Deletes for good. Rows go in one transaction with a record of what they leave elsewhere: objects, histories, sandboxes. Whoever carries the
 * record out may be interrupted anywhere and begin again; there is never an object without a row that says whose it is, and never a row whose
 * objects are gone.
 *
 * Call each in a transaction.
 * @param tenantId whose rows alone `db` shows
 */
export function deletionsRepository(db: Db, tenantId?: string) {
  /** Locks a row, so that nothing can be added below it any more. @throws {NotFoundError} */
  const lock = async (table: 'runs' | 'projects' | 'tenants', noun: string, id: string): Promise<void> => {
    const owner = table === 'tenants' ? Prisma.sql`id` : Prisma.sql`tenant_id`;
    const rows = await db.$queryRaw<object[]>`SELECT id FROM ${Prisma.raw(table)} WHERE id = ${id}
      AND (${tenantId ?? null}::text IS NULL OR ${owner} = ${tenantId ?? null}) FOR UPDATE`;
    if (rows.length === 0) throw new NotFoundError(noun, id);
  };
  const record = async (left: DeletionRecord): Promise<DeletionRecord> => {
    await db.deletion.createMany({ data: [left], skipDuplicates: true });
    return left;
  };
  const allowPlans = (): Promise<unknown> =>
    db.$queryRaw`SELECT set_config('showrunner.deleting', 'on', true)`;

  return {
    /**
     * A run with its takes, clips, exports, events, build, and its plan unless another run films that too.
     * @throws {NotFoundError} @throws {AppError} `run_in_use` (409): it, or an export of it, goes on
     */
    async deleteRun(id: string): Promise<DeletionRecord> {
      await lock('runs', 'run', id);
      const run = await requireRunEnded(db, id);
      const left = await leftOf(db, { runs: { id } });
      await allowPlans();
      await deletePlans(db, id);
      await deleteRunRows(db, { id });
      return record({ id: `run-${id}`, tenantId: run.tenantId, ...left, sandboxes: [] });
    },
    /**
     * A project with everything made of it; sandboxes that are left of it are to be destroyed.
     * @throws {NotFoundError} @throws {AppError} `project_in_use` (409): a run, build or export of it goes on
     */
    async deleteProject(id: string): Promise<DeletionRecord> {
      await lock('projects', 'project', id);
      const of = { projectId: id };
      await requireIdle(db, of, 'project_in_use');
      const project = await db.project.findFirstOrThrow({ where: { id } });
      const left = await leftOf(db, { runs: of, builds: of, projects: { id }, sandboxes: of });
      await allowPlans();
      await deleteProjectRows(db, { id });
      return record({ id: `project-${id}`, tenantId: project.tenantId, ...left });
    },
    /**
     * A tenant with everything that is its own; its keys and the sessions in it end at once. The row itself stays, hidden, until its sandboxes are gone.
     * @throws {NotFoundError} @throws {AppError} `tenant_in_use` (409): a run, build or export of it goes on
     */
    async deleteTenant(id: string): Promise<DeletionRecord> {
      await lock('tenants', 'tenant', id);
      const of = { tenantId: id };
      await requireIdle(db, of, 'tenant_in_use');
      const left = await leftOf(db, { runs: of, builds: of, projects: of, sandboxes: of });
      await allowPlans();
      await deleteProjectRows(db, of);
      await db.apiKey.deleteMany({ where: of });
      await db.agent.deleteMany({ where: of });
      await db.invitation.deleteMany({ where: of });
      await db.membership.deleteMany({ where: of });
      await db.tenant.updateMany({ where: { id }, data: { deletedAt: new Date() } });
      return record({ id: `tenant-${id}`, tenantId: id, ...left });
    },
    /** Oldest first. */
    list: (limit: number): Promise<DeletionRecord[]> =>
      db.deletion.findMany({ orderBy: { createdAt: 'asc' }, take: limit, omit: { createdAt: true } }),
    /** Of these sandboxes, those that are not destroyed yet. */
    async sandboxesLeft({ sandboxes }: DeletionRecord): Promise<string[]> {
      const rows = await db.sandbox.findMany({
        where: { id: { in: sandboxes }, status: { not: 'destroyed' } },
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    /** Everything outside is gone: what stood here until then goes too. */
    async finish({ id, tenantId: owner, sandboxes }: DeletionRecord): Promise<void> {
      const of = { sandboxId: { in: sandboxes } };
      await db.preview.deleteMany({ where: of });
      await db.previewLink.deleteMany({ where: of });
      await db.sandbox.deleteMany({ where: { id: { in: sandboxes }, status: 'destroyed' } });
      if (id === `tenant-${owner}`) await deleteTenantRows(db, owner);
      await db.deletion.deleteMany({ where: { id } });
    },
  };
}
