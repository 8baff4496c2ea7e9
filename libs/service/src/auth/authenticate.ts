import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AppError } from '@showrunner/contracts';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { INTERNAL_TOKEN_HEADER } from '../http/headers';

/** An answer or connection that goes on: whoever let it in may end it when its key ends. */
export interface Admitted {
  /** Ends it, if it has begun to stream; what is answered at once is answered. */
  end(): void;
  onClosed(told: () => void): void;
}

/** Lets a request in by returning, or throws. */
export type Authenticate = (request: IncomingMessage, admitted?: Admitted) => void | Promise<void>;

/** The only paths that answer without credentials, by GET or HEAD. */
export const PUBLIC_PATHS: readonly string[] = ['/healthz', '/readyz'];

/**
 * Refuses everything that is not let in, before a body is read or a route is looked for: routes need no guard of their own, and what
 * does not exist cannot be told from what does without credentials.
 */
export function authenticated(authenticate: Authenticate): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const isPublic = PUBLIC_PATHS.includes(request.path) && ['GET', 'HEAD'].includes(request.method);
    if (!isPublic) await authenticate(request, answerOf(response));
    next();
  };
}

const answerOf = (response: Response): Admitted => ({
  end: () => {
    if (response.headersSent) response.destroy();
  },
  onClosed: (told) => response.once('close', told),
});

/** For inner services: the token that all processes of the platform share. */
export function byInternalToken(token: string): Authenticate {
  return (request) => {
    const sent = request.headers[INTERNAL_TOKEN_HEADER];
    if (typeof sent === 'string' && equalSecrets(sent, token)) return;
    throw new AppError('unauthorized', 'This service only answers the gateway.', {
      status: 401,
      remedy: 'Send the request to the gateway, with an API key.',
    });
  };
}

/** Compares in a time that tells nothing about where or how two secrets differ, their lengths included. */
export function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
