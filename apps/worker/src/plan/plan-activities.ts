import type { PlanActivities } from '@showrunner/contracts';
import { inRunningSandbox, liveSandbox } from '../live-sandbox';
import { exploreApp } from './explore-app';
import { makePlan } from './make-plan';
import { assetsOf, takeOverAssets } from './mirror-assets';
import type { PlanDependencies } from './plan-dependencies';
import { proposePlan } from './propose-plan';
import { draftPlan, fixPlan } from './review-plan';
import { planRefOf } from './store-plan';

/** Activities of the plan pool. */
export const createPlanActivities = (deps: PlanDependencies): PlanActivities => ({
  exploreApp: (input) => inRunningSandbox(deps.provider, input.sandboxId, () => exploreApp(deps, input)),
  proposePlan: (input) => proposePlan(deps, input),
  makePlan: (input) => inRunningSandbox(deps.provider, input.sandboxId, () => makePlan(deps, input)),
  draftPlan: (input) => inRunningSandbox(deps.provider, input.sandboxId, () => draftPlan(deps, input)),
  fixPlan: (input) => fixPlan(deps, input),
  async loadPlan({ planId, runId, sandboxId }) {
    const plan = await deps.database.plans.get(planId);
    if (!(await takeOverAssets(deps.store, plan.runId, runId))) {
      const sandbox = await liveSandbox(deps.provider, sandboxId);
      await deps.database.runs.addNotes(runId, await assetsOf(deps, sandbox, runId));
    }
    return planRefOf(plan);
  },
});
