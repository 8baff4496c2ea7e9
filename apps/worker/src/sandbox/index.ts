export { createSandboxActivities } from './sandbox-activities';
export { debianSystems, sharedRuntimes } from './shared-runtimes';
export { startTidyingInstalls } from './tidy-installs';
