import { Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { AppError, BrowserSessionSchema, SignInSchema } from '@showrunner/contracts';
import type { BrowserSession, SignIn } from '@showrunner/contracts';
import type { ApiKeyRecord, Database } from '@showrunner/database';
import { Operation, Tag } from '@showrunner/openapi';
import { API_KEY_ID_HEADER, BROWSER_SESSION_HEADER, PLATFORM_DATABASE } from '@showrunner/service';
import type { Request, Response } from 'express';
import { PersonSessions } from '../accounts/person-sessions';
import { signedIn } from '../accounts/visitor';
import { SESSION_COOKIE } from './browser-requests';
import { cookie, endedPersonCookiesOf } from './person-cookies';

/** Told when a browser signed out: `(sessionId: string) => void`. */
export const SESSIONS_ENDED = Symbol('SESSIONS_ENDED');

const HOUR_MS = 60 * 60 * 1000;
export const SESSION_LASTS_MS = 7 * 24 * HOUR_MS;
const SIGN_IN_LASTS_MS = HOUR_MS;

/** Browsers: how they come in without a key in an address, and how they leave. */
@Tag('tenants and keys')
@Controller('api')
export class SessionController {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(SESSIONS_ENDED) private readonly ended: (sessionId: string) => void,
    @Inject(PersonSessions) private readonly people: PersonSessions,
  ) {}

  /** The token stands behind the `#` of the address, which browsers send to nobody; it is good for one sign-in. */
  @Operation({
    id: 'createSignIn',
    permission: 'read',
    summary:
      'An address under which one browser signs in to the studio in the name of this key, once and soon',
    answer: SignInSchema,
  })
  @Post('sign-ins')
  async signIn(@Req() request: Request): Promise<SignIn> {
    if (request.headers[BROWSER_SESSION_HEADER] !== undefined) throw keyNeeded();
    const { secret, expiresAt } = await this.database.browserSessions.offerSignIn(
      keyOf(request),
      SIGN_IN_LASTS_MS,
    );
    return { path: `/studio/sign-in#${secret}`, expiresAt };
  }

  /** Asked with `Authorization: SignIn <token>` or `Bearer <key>`; the answer sets a cookie that scripts cannot read. */
  @Operation({
    id: 'createSession',
    permission: 'read',
    summary: 'Sign this browser in; the answer sets its cookie',
    answer: BrowserSessionSchema,
  })
  @Post('session')
  async open(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BrowserSession> {
    if (request.headers[BROWSER_SESSION_HEADER] !== undefined) throw keyNeeded();
    const key = await this.database.apiKeys.get(keyOf(request));
    const { secret, expiresAt } = await this.database.browserSessions.open(key.id, SESSION_LASTS_MS);
    response.setHeader('Set-Cookie', [
      cookieOf(request, secret, SESSION_LASTS_MS / 1000),
      ...endedPersonCookiesOf(request),
    ]);
    return { ...ofKey(key), expiresAt };
  }

  @Operation({
    id: 'getSession',
    permission: 'read',
    summary: 'In whose name requests are made',
    answer: BrowserSessionSchema,
  })
  @Get('session')
  async get(@Req() request: Request): Promise<BrowserSession> {
    const person = signedIn(request.headers);
    if (person !== undefined) return this.people.describe(person.sessionId);
    return ofKey(await this.database.apiKeys.get(keyOf(request)));
  }

  /** Its cookie opens nothing any more, wherever a copy of it is. */
  @Operation({ id: 'endSession', permission: 'read', summary: 'Sign this browser out', answer: null })
  @Delete('session')
  @HttpCode(204)
  async end(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const sessionId = request.headers[BROWSER_SESSION_HEADER];
    const person = signedIn(request.headers);
    if (person !== undefined) await this.database.userSessions.revoke(person.sessionId);
    else if (typeof sessionId === 'string') {
      await this.database.browserSessions.end(sessionId);
      this.ended(sessionId);
    }
    response.setHeader('Set-Cookie', [cookieOf(request, '', 0), ...endedPersonCookiesOf(request)]);
  }
}

/** @throws {AppError} `permission_missing` (403) for a signed link, which stands for no key */
function keyOf(request: Request): string {
  const id = request.headers[API_KEY_ID_HEADER];
  if (typeof id === 'string') return id;
  throw keyNeeded();
}

const keyNeeded = (): AppError =>
  new AppError('permission_missing', 'Only an API key or a sign-in token can sign a browser in.', {
    status: 403,
    remedy: 'Send an API key, or open a new address: showrunner studio.',
  });

const cookieOf = (request: Request, value: string, seconds: number): string =>
  cookie(request, { name: SESSION_COOKIE, value, path: '/', seconds });

/** A key is nobody, of one tenant. */
const ofKey = (key: ApiKeyRecord): BrowserSession => ({
  ...{ key, user: null, expiresAt: null, memberships: [] },
  ...{ tenantId: key.tenantId, permissions: key.permissions, role: key.role },
});
