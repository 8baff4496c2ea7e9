import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a worker shows to be given the frames of a session. All processes of an installation can derive it from the token that they share, so
 * that it is handed on by nobody and stands in no history, log, record or address; it opens this one session.
 */
export const sessionKey = (internalToken: string, sessionId: string): string =>
  createHmac('sha256', internalToken).update(`frames of ${sessionId}`).digest('base64url');

/** Compares in a time that does not tell where two keys differ. */
export function isSessionKey(given: string, internalToken: string, sessionId: string): boolean {
  const [sent, expected] = [Buffer.from(given), Buffer.from(sessionKey(internalToken, sessionId))];
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}
