export { createPlanActivities } from './plan-activities';
export type { PlanDependencies } from './plan-activities';
