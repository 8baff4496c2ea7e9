export { createSandboxActivities } from './sandbox-activities';
export { startTidyingInstalls } from './tidy-installs';
