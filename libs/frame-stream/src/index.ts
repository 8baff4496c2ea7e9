export { connectFrames } from './connect-frames';
export type { FramesAddress, FramesConnection } from './connect-frames';
export { isSessionKey, sessionKey } from './session-key';
