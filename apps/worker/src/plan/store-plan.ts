import { planIdOf, storageKeys } from '@showrunner/contracts';
import type { GivenSecrets, PlanRef } from '@showrunner/contracts';
import type { PlanRecord } from '@showrunner/database';
import type { PlanDependencies } from './plan-dependencies';

export const planRefOf = ({ id, hash, body }: PlanRecord): PlanRef => ({
  planId: id,
  hash,
  title: body.title,
  features: body.features,
  ...(body.intentParts === undefined ? {} : { intentParts: body.intentParts }),
});

/** One note for each candidate that the film will not show. */
const leftOut = ({ rejected }: PlanRecord['body']): string[] =>
  rejected.map(({ title, reason }) => `“${title}” was left out: ${reason}`);

/** The plan of a run, once: with its event, and a note for each candidate that the film will not show. */
export function storePlan(
  database: PlanDependencies['database'],
  { runId, projectId }: { runId: string; projectId: string },
  body: PlanRecord['body'],
  typed: GivenSecrets,
): Promise<PlanRecord> {
  return database.transaction(async (tx) => {
    const id = planIdOf(runId);
    const { intentId } = await tx.runs.get(runId);
    const ofIntent = intentId === null ? {} : { intentId };
    const plan = await tx.plans.store({ id, projectId, runId, ...ofIntent, body });
    const data = {
      planId: plan.id,
      hash: plan.hash,
      title: body.title,
      features: body.features.map(({ id: feature, title, kind }) => ({ id: feature, title, kind })),
      rejected: body.rejected,
    };
    await tx.runs.addSecrets(runId, typed);
    await tx.outbox.append({ type: 'PLAN_CREATED', projectId, runId, data });
    await tx.runs.addNotes(runId, leftOut(body));
    return plan;
  });
}

/** Written again on every attempt: the first may have ended between the two stores. */
export async function tellPlan(
  { store }: Pick<PlanDependencies, 'store'>,
  runId: string,
  stored: PlanRecord,
): Promise<PlanRef> {
  const text = JSON.stringify({ planId: stored.id, hash: stored.hash, ...stored.body }, null, 2);
  await store.put(storageKeys.plan(runId), text);
  return planRefOf(stored);
}
