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
  if (problem.status === 429 && error instanceof AppError)
    response.setHeader('Retry-After', String(error.details?.['retryAfterSeconds'] ?? 5));
  response.end(request.method === 'HEAD' ? undefined : body);
  discardRest(request);
}

/** Most that is read of a body that nobody wants; whoever sends more is cut off. */
const MAX_DISCARDED_BYTES = 256 * 1024 * 1024;

/**
 * Reads the rest of a body and drops it. Closing instead would reset the connection, and most clients would then report that rather than
 * our answer.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete) return;
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_DISCARDED_BYTES) request.destroy();
  });
  request.on('error', () => request.destroy());
  request.resume();
}

export function hasBody(request: IncomingMessage): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  );
}
