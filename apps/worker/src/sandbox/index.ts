export { createSandboxActivities } from './sandbox-activities';
