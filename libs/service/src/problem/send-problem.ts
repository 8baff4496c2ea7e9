import type { ServerResponse, IncomingMessage } from 'node:http';
import { AppError } from '@showrunner/contracts';
import { requestIdOf } from '../http/request-log';
import { toProblem } from './problem';

/** Answers a request with an error as `application/problem+json`. For plain Node servers and for middleware as well. */
export function sendProblem(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const { originalUrl } = request as IncomingMessage & { originalUrl?: string };
  const instance = (originalUrl ?? request.url ?? '/').split('?', 1)[0];
  const problem = toProblem(error, { instance, requestId: requestIdOf(request) });
  const body = Buffer.from(JSON.stringify(problem));
  response.statusCode = problem.status;
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Length', body.length);
  response.setHeader('Cache-Control', 'no-store');
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="showrunner"');
  if (problem.status === 503 && error instanceof AppError && error.retryable)
    response.setHeader('Retry-After', '2');
  // A body that nobody will read must not be taken for the next request.
  if (!request.complete && hasBody(request)) response.setHeader('Connection', 'close');
  response.end(request.method === 'HEAD' ? undefined : body);
  if (!request.complete) request.resume();
}

export function hasBody(request: IncomingMessage): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  );
}
