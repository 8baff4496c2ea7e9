export { createSandboxLifeActivities } from './life-activities';
export { destroySandbox } from './destroy-sandbox';
export { leaseOf, monthOf } from './next-step';
export type { SandboxLifeDependencies } from './life-dependencies';
