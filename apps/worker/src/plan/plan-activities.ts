import type { PlanActivities } from '@showrunner/contracts';
import { inRunningSandbox } from '../live-sandbox';
import { exploreApp } from './explore-app';
import { makePlan, planRefOf } from './make-plan';
import type { PlanDependencies } from './plan-dependencies';
import { proposePlan } from './propose-plan';

/** Activities of the plan pool. */
export const createPlanActivities = (deps: PlanDependencies): PlanActivities => ({
  exploreApp: (input) => inRunningSandbox(deps.provider, input.sandboxId, () => exploreApp(deps, input)),
  proposePlan: (input) => proposePlan(deps, input),
  makePlan: (input) => inRunningSandbox(deps.provider, input.sandboxId, () => makePlan(deps, input)),
  async loadPlan({ planId }) {
    return planRefOf(await deps.database.plans.get(planId));
  },
});
