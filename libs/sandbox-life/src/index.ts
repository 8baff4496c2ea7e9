export { createSandboxLifeActivities } from './life-activities';
export { destroySandbox } from './destroy-sandbox';
export { leaseOf } from './next-step';
export type { SandboxLifeDependencies } from './life-dependencies';
