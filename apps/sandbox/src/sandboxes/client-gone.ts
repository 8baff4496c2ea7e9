import type { Response } from 'express';

/** Aborts when the client leaves before it has its answer: nobody waits for the work then. */
export function clientGone(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
