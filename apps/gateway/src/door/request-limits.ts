import { AppError } from '@showrunner/contracts';
import { API_KEY_ID_HEADER } from '@showrunner/service';
import type { Authenticate } from '@showrunner/service';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { MemoryStore, rateLimit } from 'express-rate-limit';
import { callerAddress } from './caller-address';

const WINDOW_MS = 60_000;

/**
 * So many requests a minute for each API key, at this gateway; told in `RateLimit` and `RateLimit-Policy` (IETF draft, version 8). What needs
 * no key is not counted.
 */
export const limitRequests = (perMinute: number): RequestHandler =>
  rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    identifier: 'key',
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => String(request.headers[API_KEY_ID_HEADER]),
    skip: (request) => request.headers[API_KEY_ID_HEADER] === undefined,
    handler: (_request: Request, response: Response, next: NextFunction) =>
      next(tooMany(`This key has made its ${perMinute} requests of this minute.`, retryAfterOf(response))),
  });

const retryAfterOf = (response: Response): number =>
  Number(response.getHeader('Retry-After')) || WINDOW_MS / 1000;

/** Refuses an address that keeps coming with what opens nothing, before anything is looked up: keys cannot be tried out. */
export function limitFailures(
  authenticate: Authenticate,
  { perMinute, trustedProxies }: { perMinute: number; trustedProxies: number },
): Authenticate {
  const failures = new MemoryStore();
  failures.init({ windowMs: WINDOW_MS } as Parameters<MemoryStore['init']>[0]);
  return async (request, admitted) => {
    const address = callerAddress(request, trustedProxies);
    const known = await failures.get(address);
    if (known !== undefined && known.totalHits >= perMinute) {
      const seconds = Math.ceil(((known.resetTime?.getTime() ?? 0) - Date.now()) / 1000);
      throw tooMany('Too many requests with a wrong key came from this address.', Math.max(1, seconds));
    }
    try {
      await authenticate(request, admitted);
    } catch (error) {
      if (error instanceof AppError && error.status === 401) await failures.increment(address);
      throw error;
    }
  };
}

const tooMany = (message: string, retryAfterSeconds: number): AppError =>
  new AppError('too_many_requests', message, {
    status: 429,
    remedy: `Try again in ${retryAfterSeconds} s.`,
    details: { retryAfterSeconds },
  });
