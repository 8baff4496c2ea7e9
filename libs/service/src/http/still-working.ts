import type { Response } from 'express';
import { INTERNAL_TOKEN_HEADER } from './headers';

const EVERY_MS = 20_000;

/**
 * For a handler that may work for longer than the gateway waits for a silent service: until its answer begins, it tells the gateway every so
 * often that it is at work (102, RFC 2518, section 10.1). Whoever asks directly is told nothing: not every client knows that status.
 */
export function tellStillWorking(response: Response, everyMs = EVERY_MS): void {
  if (response.req.headers[INTERNAL_TOKEN_HEADER] === undefined) return;
  const timer = setInterval(() => {
    if (response.headersSent || response.destroyed) clearInterval(timer);
    else response.writeProcessing();
  }, everyMs);
  response.once('close', () => clearInterval(timer));
}
