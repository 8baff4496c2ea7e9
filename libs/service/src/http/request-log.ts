import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Logger } from '@showrunner/telemetry';
import type { NextFunction, Request, Response } from 'express';
import { REQUEST_ID_HEADER } from './headers';

/** The id under which a request is found in the logs of every service that it passed. */
export function requestIdOf(request: IncomingMessage): string | undefined {
  const id = request.headers[REQUEST_ID_HEADER];
  return typeof id === 'string' ? id : undefined;
}

/** An id that was sent is kept when it is harmless in a log; otherwise a new one is made. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const sent = requestIdOf(request);
  const id = sent !== undefined && /^[\w-]{8,64}$/.test(sent) ? sent : randomBytes(9).toString('base64url');
  request.headers[REQUEST_ID_HEADER] = id;
  response.setHeader('X-Request-Id', id);
  next();
}

/** Share links open by what stands in their path. */
const withoutToken = (path = ''): string => path.replace(/^\/(watch|embed)\/[^/]+/, '/$1/…');

/** One line a request, when its answer is out. Queries are left out, and tokens of share links: they may hold keys. */
export function requestLog(logger: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    response.once('close', () => {
      const fields = {
        requestId: requestIdOf(request),
        method: request.method,
        path: withoutToken(request.originalUrl.split('?', 1)[0]),
        status: response.statusCode,
        complete: response.writableFinished,
        durationMs: Math.round(performance.now() - startedAt),
      };
      const level = response.statusCode >= 500 ? 'warn' : request.path.endsWith('z') ? 'trace' : 'debug';
      logger[level](fields, 'Request answered');
    });
    next();
  };
}
