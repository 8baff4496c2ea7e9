export { createSandboxActivities } from './sandbox-activities';
export type { SandboxDependencies } from './dependencies';
