import { AppError } from '@showrunner/contracts';
import { json } from 'express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { bodyFailure } from './body-failure';
import { hasBody } from '../problem/send-problem';

export interface BodyRules {
  /** Largest JSON body, bytes. Default 1 MiB. */
  jsonBytes?: number;
  /** Paths whose JSON may be larger. */
  largeJson?: Record<string, number>;
  /** Paths that also take `multipart/form-data`, which their handler reads itself. */
  multipart?: readonly string[];
  /** Paths whose body the handler reads itself, whatever its type. */
  raw?: readonly RegExp[];
}

const JSON_BYTES = 1024 * 1024;
const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Reads JSON bodies into `request.body` and refuses what is neither JSON nor announced: 415, 413, 400. */
export function requestBody({
  jsonBytes = JSON_BYTES,
  largeJson = {},
  multipart = [],
  raw = [],
}: BodyRules): RequestHandler[] {
  const large = Object.entries(largeJson).map(([path, bytes]) => ({ path, read: json({ limit: bytes }) }));
  const usual = json({ limit: jsonBytes });
  const isRaw = (request: Request): boolean => raw.some((pattern) => pattern.test(request.path));
  const refuse = (request: Request, _response: Response, next: NextFunction): void => {
    if (!METHODS_WITH_BODY.has(request.method) || !hasBody(request) || isRaw(request)) return next();
    const accepted = [
      'application/json',
      ...(multipart.includes(request.path) ? ['multipart/form-data'] : []),
    ];
    if (request.is(accepted) !== false) return next();
    next(
      new AppError(
        'unsupported_media_type',
        `The body is ${request.headers['content-type'] ?? 'of no declared type'}.`,
        { status: 415, remedy: `Send it as ${accepted.join(' or ')}.` },
      ),
    );
  };
  const read: RequestHandler = (request, response, next) => {
    // RFC 9110, 9.3: what comes with a GET, HEAD or OPTIONS means nothing.
    if (isRaw(request) || !METHODS_WITH_BODY.has(request.method)) return next();
    const rule = large.find(({ path }) => path === request.path);
    (rule?.read ?? usual)(request, response, (error?: unknown) => {
      if (error === undefined) next();
      else next(bodyFailure(error));
    });
  };
  return [refuse, read];
}
