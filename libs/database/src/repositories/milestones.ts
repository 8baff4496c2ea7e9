import type { Milestone } from '@showrunner/contracts';
import type { Db } from '../connection/client';

/** Milestones: when features started, succeeded or failed. Append-only. */
export function milestonesRepository(db: Db) {
  return {
    /** False when it was there already. */
    async append(runId: string, milestone: Milestone): Promise<boolean> {
      const { count } = await db.milestone.createMany({
        data: [{ runId, ...milestone }],
        skipDuplicates: true,
      });
      return count > 0;
    },
    /** In order of time. */
    async list(runId: string): Promise<Milestone[]> {
      const rows = await db.milestone.findMany({ where: { runId }, orderBy: { atMs: 'asc' } });
      return rows.map(({ feature, kind, atMs, reason }) => ({
        feature,
        kind: kind as Milestone['kind'],
        atMs,
        ...(reason === null ? {} : { reason }),
      }));
    },
  };
}
