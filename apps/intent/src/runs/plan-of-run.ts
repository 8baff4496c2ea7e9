import type { PlanRecord, RunRecord, TenantDatabase } from '@showrunner/database';

/** The plan that a run films: its own, or the one it was pinned to; null before there is one. */
export async function planOfRun(
  { plans }: TenantDatabase,
  { id, planId }: Pick<RunRecord, 'id' | 'planId'>,
): Promise<PlanRecord | null> {
  const own = await plans.findByRun(id);
  if (own !== null) return own;
  return planId === null ? null : plans.find(planId);
}
