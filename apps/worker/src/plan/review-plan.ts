import { AppError, PlanSchema, PROPOSED_FEATURE, storageKeys } from '@showrunner/contracts';
import type { Feature, Plan, PlanActivities, PlanRef, ProposedFeature } from '@showrunner/contracts';
import type { PlanDependencies } from './plan-dependencies';
import { rehearsedPlan } from './rehearse-plan';
import type { MakePlanInput } from './rehearse-plan';
import { storePlan, tellPlan } from './store-plan';

const DROPPED = 'it was dropped when the plan was looked at.';

/**
 * Rehearses what was proposed, and keeps what would be the plan for somebody to look at. No browser is opened for the film meanwhile: it may
 * have to wait for long.
 */
export async function draftPlan(
  deps: PlanDependencies,
  input: MakePlanInput,
): Promise<{ features: ProposedFeature[] }> {
  const { database, store } = deps;
  const key = storageKeys.planDraft(input.runId);
  if ((await store.head(key)) === null)
    await rehearsedPlan(deps, input, async (body, typed) => {
      await database.runs.addSecrets(input.runId, typed);
      await store.put(key, JSON.stringify(body));
    });
  const { features } = await readDraft(deps, input.runId);
  return { features: features.map((feature) => PROPOSED_FEATURE.parse(feature)) };
}

/** Stores the plan that somebody has looked at: its features in their order, the others as left out. */
export async function fixPlan(
  deps: PlanDependencies,
  input: Parameters<PlanActivities['fixPlan']>[0],
): Promise<PlanRef> {
  const { database } = deps;
  const stored =
    (await database.plans.findByRun(input.runId)) ??
    (await storePlan(database, input, chosenPlan(await readDraft(deps, input.runId), input.features), {}));
  if (stored.body.intentParts !== undefined)
    await database.runs.setIntentParts(input.runId, stored.body.intentParts);
  return tellPlan(deps, input.runId, stored);
}

/** @throws {AppError} `review_feature_unknown` */
export function chosenPlan(draft: Plan, ids: readonly string[]): Plan {
  const features = ids.map((id): Feature => {
    const feature = draft.features.find((one) => one.id === id);
    if (feature === undefined)
      throw new AppError('review_feature_unknown', `The plan has no feature "${id}".`);
    return feature;
  });
  const dropped = draft.features.filter(({ id }) => !ids.includes(id));
  const parts = draft.intentParts?.map(({ feature, ...part }) =>
    feature === undefined || ids.includes(feature)
      ? { ...part, ...(feature !== undefined && { feature }) }
      : { ...part, reason: 'It was dropped when the plan was looked at.' },
  );
  return {
    ...draft,
    features,
    rejected: [...draft.rejected, ...dropped.map(({ title }) => ({ title, reason: DROPPED }))],
    ...(parts !== undefined && { intentParts: parts }),
  };
}

async function readDraft({ store }: PlanDependencies, runId: string): Promise<Plan> {
  const text = (await store.read(storageKeys.planDraft(runId))).toString('utf8');
  return PlanSchema.parse(JSON.parse(text));
}
