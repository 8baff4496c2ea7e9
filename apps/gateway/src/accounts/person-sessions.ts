import { AppError, ROLE_PERMISSIONS } from '@showrunner/contracts';
import type { BrowserSession } from '@showrunner/contracts';
import type { Database, OpenedSession, UserSessionRecord } from '@showrunner/database';
import type { Request, Response } from 'express';
import type { AccessTokens } from '../auth/access-tokens';
import { endedPersonCookies, sentRefresh, setPersonCookies } from '../auth/person-cookies';
import { callerAddress } from '../door/caller-address';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a browser stays signed in, and how long it may stay away. */
export const SESSION_LASTS_MS = 30 * DAY_MS;
export const REFRESH_LASTS_MS = 7 * DAY_MS;

export interface PersonSessionsOptions {
  trustedProxies: number;
  /** Notes in the audit log that somebody signed in, or tried to with what was used before. */
  note: (request: Request, who: { userId: string; tenantId: string }, status: number) => void;
}

/** Browsers in which people are signed in: a JWT for minutes, and a token that is good for one refresh. */
export class PersonSessions {
  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    private readonly options: PersonSessionsOptions,
  ) {}

  /** Always a session of its own, with an id that nobody knew before: whatever the browser had brought along opens nothing of it. */
  async begin(
    request: Request,
    response: Response,
    who: { userId: string; tenantId: string },
  ): Promise<BrowserSession> {
    const opened = await this.database.userSessions.open(
      {
        ...who,
        browser: String(request.headers['user-agent'] ?? ''),
        address: callerAddress(request, this.options.trustedProxies),
      },
      { sessionMs: SESSION_LASTS_MS, refreshMs: REFRESH_LASTS_MS },
    );
    this.options.note(request, who, 200);
    return this.signIn(request, response, who, opened);
  }

  /**
   * The next access for a refresh token, and the next of these. One that was used before has two owners, one of whom stole it: the session
   * of both ends (RFC 9700, 4.14.2).
   * @throws {AppError} `session_missing`, `session_reused`, `unauthorized` (401)
   */
  async refresh(request: Request, response: Response): Promise<BrowserSession> {
    const sent = sentRefresh(request);
    if (sent === undefined)
      throw new AppError('session_missing', 'This browser sent no cookie of a sign-in.');
    const outcome = await this.database.transaction(
      ({ userSessions }) => userSessions.rotate(sent, { refreshMs: REFRESH_LASTS_MS }),
      { idempotent: false },
    );
    if (outcome.kind === 'rotated') return this.signIn(request, response, outcome, outcome);
    response.setHeader('Set-Cookie', endedPersonCookies(request));
    if (outcome.kind === 'unknown') throw over();
    this.options.note(request, outcome, 401);
    throw new AppError(
      'session_reused',
      'The cookie of this sign-in was used before: it may have been stolen, so all that came of it has ended.',
    );
  }

  /** @throws {AppError} `unauthorized` (401) when it has ended meanwhile */
  async describe(sessionId: string): Promise<BrowserSession> {
    const session = await this.database.userSessions.find(sessionId);
    if (session === null) throw over();
    return { ...(await this.toResource(session)), expiresAt: null };
  }

  private async signIn(
    request: Request,
    response: Response,
    { userId, tenantId }: { userId: string; tenantId: string },
    { sessionId, refreshToken, expiresAt }: OpenedSession,
  ): Promise<BrowserSession> {
    const session = await this.database.userSessions.find(sessionId);
    if (session === null) throw over();
    const access = await this.tokens.sign({ userId, sessionId, tenantId });
    setPersonCookies(request, response, { access, refresh: refreshToken, expiresAt });
    return { ...(await this.toResource(session)), expiresAt };
  }

  private async toResource({
    user,
    tenantId,
    role,
  }: UserSessionRecord): Promise<Omit<BrowserSession, 'expiresAt'>> {
    const memberships = await this.database.memberships.ofUser(user.id);
    return { key: null, user, tenantId, role, permissions: [...ROLE_PERMISSIONS[role]], memberships };
  }
}

const over = (): AppError =>
  new AppError('unauthorized', 'This sign-in has ended.', { status: 401, remedy: 'Sign in again.' });
