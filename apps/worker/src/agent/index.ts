export { createAgentActivities, sessionIdOf } from './agent-activities';
export type { AgentDependencies } from './agent-activities';
export { createSessionActivities } from './session-activities';
export type { SessionDependencies } from './session-activities';
export { openSandboxSession } from './open-sandbox-session';
export type { SessionSettings } from './open-sandbox-session';
export { SessionRegistry } from './session-registry';
