export { createAgentActivities } from './agent-activities';
export { alwaysBy, createSessionActivities } from './session-activities';
export type { StepDecider } from './session-activities';
export { serveFrames } from './frame-server';
export { openSandboxSession, type SessionToOpen } from './open-sandbox-session';
export type { SessionSettings } from './open-sandbox-session';
export { SessionRegistry } from './session-registry';
export { PrewarmedSessions } from './prewarmed-sessions';
