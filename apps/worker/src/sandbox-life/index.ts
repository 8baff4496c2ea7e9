export { createSandboxLifeActivities } from './life-activities';
