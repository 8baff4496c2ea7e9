import type { Prisma } from '../generated/client';
import type { Db } from '../connection/client';

/** Runs, with what the database holds below them by foreign key, and their builds and events. */
export async function deleteRunRows(db: Db, runs: Prisma.RunWhereInput): Promise<void> {
  const ids = (await db.run.findMany({ where: runs, select: { id: true } })).map(({ id }) => id);
  const of = { runId: { in: ids } };
  await db.outbox.deleteMany({ where: of });
  await db.build.deleteMany({ where: of });
  await db.run.deleteMany({ where: { id: { in: ids } } });
}

/** The plan that a run made, unless another run films it too. */
export async function deletePlans(db: Db, runId: string): Promise<void> {
  const plan = await db.plan.findFirst({ where: { runId }, select: { id: true } });
  if (plan === null) return;
  const others = await db.run.count({ where: { planId: plan.id, id: { not: runId } } });
  if (others === 0) await db.plan.deleteMany({ where: { id: plan.id } });
}

/** Projects with all rows below them. Sandboxes that still exist lose their project, and are to be destroyed by their own way. */
export async function deleteProjectRows(db: Db, projects: Prisma.ProjectWhereInput): Promise<void> {
  const ids = (await db.project.findMany({ where: projects, select: { id: true } })).map(({ id }) => id);
  const of = { projectId: { in: ids } };
  await deleteRunRows(db, of);
  await db.build.deleteMany({ where: of });
  await db.plan.deleteMany({ where: of });
  await db.intent.deleteMany({ where: of });
  await db.outbox.deleteMany({ where: of });
  await db.sandbox.updateMany({ where: of, data: { projectId: null } });
  await db.preview.updateMany({ where: of, data: { projectId: null } });
  await db.project.deleteMany({ where: { id: { in: ids } } });
}

/** What is left of a tenant once its sandboxes are gone: the meter, events, who did what, the row itself. */
export async function deleteTenantRows(db: Db, id: string): Promise<void> {
  const of = { tenantId: id };
  await db.outbox.deleteMany({ where: of });
  await db.sandboxUsage.deleteMany({ where: of });
  await db.auditEntry.deleteMany({ where: of });
  await db.tenant.deleteMany({ where: { id, deletedAt: { not: null } } });
}
