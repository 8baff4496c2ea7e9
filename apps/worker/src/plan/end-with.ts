import type { BrowserSession } from '@showrunner/browser';
import type { PrewarmedSessions } from '../agent';

/**
 * Closes a stage's browsers at the moment it is cancelled: a killed run must have none left, even while a step waits for its page.
 * What the stage was doing then ends with SessionLostError.
 */
export function endWith(
  signal: AbortSignal,
  session: Pick<BrowserSession, 'close'>,
  ahead?: PrewarmedSessions,
  nextId?: string,
): { dispose(): void } {
  const close = (): void => {
    // Whoever works with the session closes it again when it unwinds, and meets the error if there is one.
    void Promise.allSettled([session.close(), nextId === undefined ? undefined : ahead?.drop(nextId)]);
  };
  if (signal.aborted) close();
  else signal.addEventListener('abort', close, { once: true });
  return { dispose: () => signal.removeEventListener('abort', close) };
}
