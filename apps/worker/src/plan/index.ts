export { createPlanActivities } from './plan-activities';
