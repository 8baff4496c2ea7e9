import { AppError } from '@showrunner/contracts';
import { callerIdOf } from '@showrunner/service';
import type { Authenticate } from '@showrunner/service';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { MemoryStore, rateLimit } from 'express-rate-limit';
import { callerAddress } from './caller-address';

const WINDOW_MS = 60_000;

/** By which people come in: asked without credentials, and so counted by address. */
const SIGN_IN_PATH = /^\/api\/auth(\/|$)/;

/**
 * So many requests a minute for each API key or person, at this gateway, and so many for each address that signs in; told in `RateLimit` and
 * `RateLimit-Policy` (IETF draft, version 8). What else needs no credentials is not counted.
 */
export const limitRequests = (limits: {
  perCaller: number;
  perAddress: number;
  trustedProxies: number;
}): RequestHandler[] => [
  rateLimit({
    ...SETTINGS,
    limit: limits.perCaller,
    identifier: 'key',
    keyGenerator: (request) => String(callerIdOf(request)),
    skip: (request) => callerIdOf(request) === undefined,
    handler: refuse((seconds) =>
      tooMany(`This key has made its ${limits.perCaller} requests of this minute.`, seconds),
    ),
  }),
  rateLimit({
    ...SETTINGS,
    limit: limits.perAddress,
    identifier: 'address',
    keyGenerator: (request) => callerAddress(request, limits.trustedProxies),
    skip: (request) => callerIdOf(request) !== undefined || !SIGN_IN_PATH.test(request.path),
    handler: refuse((seconds) =>
      tooMany(`This address has made its ${limits.perAddress} requests of this minute to sign in.`, seconds),
    ),
  }),
];

const SETTINGS = { windowMs: WINDOW_MS, standardHeaders: 'draft-8', legacyHeaders: false } as const;
const refuse =
  (problem: (retryAfterSeconds: number) => AppError) =>
  (_request: Request, response: Response, next: NextFunction): void =>
    next(problem(retryAfterOf(response)));

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
      // One that only has to be refreshed was good.
      if (error instanceof AppError && error.status === 401 && error.code !== 'session_expired')
        await failures.increment(address);
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
