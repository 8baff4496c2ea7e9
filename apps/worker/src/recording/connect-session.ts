import { SessionLostError } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { connectFrames, sessionKey } from '@showrunner/frame-stream';
import type { RecordingDependencies } from './recording-activities';

/**
 * Finds sessions by their id: the worker that opened one has written down where it is reached.
 * @throws SessionLostError when no such session was opened or its worker holds it no longer, AppError `frames_unreachable`, `frames_refused`
 */
export const connectSession =
  (database: Pick<Database, 'sessions'>, internalToken: string): RecordingDependencies['connect'] =>
  async (sessionId, onMessage) => {
    const worker = await database.sessions.addressOf(sessionId);
    if (worker === null) throw new SessionLostError(`No worker has the session ${sessionId}.`);
    return connectFrames({ worker, sessionId, key: sessionKey(internalToken, sessionId) }, onMessage);
  };
