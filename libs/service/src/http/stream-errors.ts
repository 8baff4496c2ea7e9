import type { NextFunction, Request, Response } from 'express';

/**
 * An error of a request's own streams (a client that broke off, a write behind the end) ends this request and nothing else: without a
 * listener Node would take it for a fault of the process.
 */
export function streamErrors(request: Request, response: Response, next: NextFunction): void {
  request.on('error', () => undefined);
  response.on('error', () => response.destroy());
  next();
}

/** Whether the client left before it had its answer: then nobody reads it, and that it failed is no fault of ours. */
export const isGone = (request: Request, response: Response): boolean =>
  response.destroyed || (request.destroyed && !request.complete);
