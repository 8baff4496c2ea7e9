import type { DrivenPlan } from '@showrunner/comparison';
import type { ActionRecord, Plan } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';

/** A plan as a run drove it, with the takes in which that is to be seen. */
export interface DrivenRun extends DrivenPlan {
  runId: string;
  actions: (ActionRecord & { takeId: string })[];
}

/** What became of a plan in a run. */
export async function drivenRun(
  database: Pick<Database, 'runs' | 'actions'>,
  runId: string,
  { features }: Pick<Plan, 'features'>,
): Promise<DrivenRun> {
  const [{ outcomes }, stored] = await Promise.all([database.runs.get(runId), database.actions.list(runId)]);
  return { runId, features, outcomes, actions: stored.map(({ record, takeId }) => ({ ...record, takeId })) };
}

/** The last time that each step of a feature was done, which is the one that counts; steps that failed are left out. */
export function settledSteps(
  { actions }: DrivenRun,
  feature: string,
): Map<number, DrivenRun['actions'][number]> {
  const own = actions.filter((one) => one.feature === feature && one.result !== 'failed');
  return new Map(own.map((one) => [one.step, one]));
}
