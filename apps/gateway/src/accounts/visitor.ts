import { Inject } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '@showrunner/contracts';
import { BROWSER_SESSION_HEADER, USER_HEADER } from '@showrunner/service';
import { refuseForeignPage } from '../auth/browser-requests';
import { callerAddress } from '../door/caller-address';
import type { Visitor } from './accounts.service';

export const VISITORS_OPTIONS = Symbol('VISITORS_OPTIONS');
export interface VisitorsOptions {
  trustedProxies: number;
  /** Whose cookie a request has, if any. */
  personOf(request: Request): Promise<{ userId: string; sessionId: string } | undefined>;
}

/** Tells who asks. */
export class Visitors {
  constructor(@Inject(VISITORS_OPTIONS) private readonly options: VisitorsOptions) {}

  /** At a route that needs no credentials. @throws {AppError} `cross_site_refused` (403) */
  async of(request: Request): Promise<Visitor> {
    refuseForeignPage(request);
    return { address: this.addressOf(request), person: await this.options.personOf(request) };
  }

  addressOf(request: Request): string {
    return callerAddress(request, this.options.trustedProxies);
  }
}

/** The person who was let in. @throws {AppError} `person_needed` (403) */
export function personOf({ headers }: Request): { userId: string; sessionId: string } {
  const person = signedIn(headers);
  if (person !== undefined) return person;
  throw new AppError('person_needed', 'This is for people who signed in: an API key is nobody.');
}

/** Undefined where a key asks. */
export function signedIn(headers: Request['headers']): { userId: string; sessionId: string } | undefined {
  const [userId, sessionId] = [headers[USER_HEADER], headers[BROWSER_SESSION_HEADER]];
  return typeof userId === 'string' && typeof sessionId === 'string' ? { userId, sessionId } : undefined;
}
