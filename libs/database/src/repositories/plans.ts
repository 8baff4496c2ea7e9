import { AppError, NotFoundError } from '@showrunner/contracts';
import type { Plan as PlanBody } from '@showrunner/contracts';
import { hashOf } from '../plan-hash';
import type { Plan } from '../generated/client';
import type { Db } from '../connection/client';
import { fromJson, toJson } from '../json';
import { pageQuery, toPage } from '../paging';
import type { Page, PageRequest } from '../paging';

export interface PlanRecord {
  id: string;
  projectId: string;
  runId: string | null;
  intentId: string | null;
  /** Lower-case hex SHA-256 of the canonical JSON of `body`. */
  hash: string;
  body: PlanBody;
  createdAt: string;
}

const toRecord = (row: Plan): PlanRecord => ({
  id: row.id,
  projectId: row.projectId,
  runId: row.runId,
  intentId: row.intentId,
  hash: row.hash,
  body: fromJson<PlanBody>(row.body),
  createdAt: row.createdAt.toISOString(),
});

/** Plans: made once, never changed; the database itself refuses an UPDATE or DELETE. */
export function plansRepository(db: Db) {
  const find = async (id: string): Promise<PlanRecord | null> => {
    const row = await db.plan.findFirst({ where: { id } });
    return row && checked(toRecord(row));
  };
  return {
    /** Stores a plan with its hash. When this id or run has a plan already, that plan is answered and nothing is stored. */
    async store(plan: {
      id: string;
      projectId: string;
      runId?: string;
      intentId?: string;
      body: PlanBody;
    }): Promise<PlanRecord> {
      const data = { ...plan, body: toJson(plan.body), hash: hashOf(plan.body) };
      await db.plan.createMany({ data: [data], skipDuplicates: true });
      const where = plan.runId === undefined ? { id: plan.id } : { runId: plan.runId };
      return checked(toRecord(await db.plan.findFirstOrThrow({ where })));
    },
    find,
    /** @throws {NotFoundError} and `plan_hash_mismatch` when the body is not the one that was stored. */
    async get(id: string): Promise<PlanRecord> {
      const plan = await find(id);
      if (plan === null) throw new NotFoundError('plan', id);
      return plan;
    },
    /** The plan that was made for a run; null for runs pinned to another's plan. */
    async findByRun(runId: string): Promise<PlanRecord | null> {
      const row = await db.plan.findFirst({ where: { runId } });
      return row && checked(toRecord(row));
    },
    /** Newest first. */
    async list(page: PageRequest & { projectId?: string }): Promise<Page<PlanRecord>> {
      const { where, ...order } = pageQuery(page);
      const rows = await db.plan.findMany({
        where: { AND: [where, { projectId: page.projectId }] },
        ...order,
      });
      return toPage(rows, page.limit, toRecord);
    },
  };
}

function checked(plan: PlanRecord): PlanRecord {
  if (hashOf(plan.body) === plan.hash) return plan;
  throw new AppError(
    'plan_hash_mismatch',
    `Plan ${plan.id} is not the plan that was stored: its hash differs.`,
    {
      status: 500,
      remedy: 'Restore the database from a backup, or start a run without this plan.',
    },
  );
}
