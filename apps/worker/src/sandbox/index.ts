export { createSandboxActivities } from './sandbox-activities';
export { sharedRuntimes } from './shared-runtimes';
export { startTidyingInstalls } from './tidy-installs';
