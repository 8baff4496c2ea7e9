import type { PlanRef } from '@showrunner/contracts';
import type { PlanDependencies } from './plan-dependencies';
import { rehearsedPlan } from './rehearse-plan';
import type { MakePlanInput } from './rehearse-plan';
import { storePlan, tellPlan } from './store-plan';

/** Rehearses what was proposed and stores the plan. A run that has a plan keeps it, whatever would be proposed now. */
export async function makePlan(deps: PlanDependencies, input: MakePlanInput): Promise<PlanRef> {
  const { database } = deps;
  const stored =
    (await database.plans.findByRun(input.runId)) ??
    (await rehearsedPlan(
      deps,
      input,
      (body, typed) => storePlan(database, input, body, typed),
      deps.filmingSessionId?.(input.runId, input.film),
    ));
  return tellPlan(deps, input.runId, stored);
}
