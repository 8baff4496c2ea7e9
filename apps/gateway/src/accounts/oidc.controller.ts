import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { AppError, BeginOpenIdConnectSchema, OpenIdConnectSchema } from '@showrunner/contracts';
import type {
  BeginOpenIdConnect,
  OpenIdConnect as OpenIdConnectResource,
  SignUpMode,
} from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { Operation, Tag } from '@showrunner/openapi';
import { LOGGER, PLATFORM_DATABASE } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import type { Request, Response } from 'express';
import { sentCookie } from '../auth/browser-requests';
import { cookie } from '../auth/person-cookies';
import { SignInLimits } from '../auth/sign-in-limits';
import { ACCOUNTS_OPTIONS, AccountsService } from './accounts.service';
import type { AccountsOptions, Entered } from './accounts.service';
import { PUBLIC_PROBLEMS } from './auth.controller';
import { FLOW_COOKIE, FLOW_LASTS_S, FLOW_PATH, FlowCookies, MAX_FLOW_LENGTH } from './flow-cookie';
import type { Pending } from './flow-cookie';
import { makeAccount } from './joining';
import { OpenIdConnect, stateMismatch } from './openid-connect';
import type { Vouched } from './openid-connect';
import { PersonSessions } from './person-sessions';
import { Visitors } from './visitor';

/** People who come in by an issuer that vouches for them. */
@Tag('people')
@Controller('api/auth/oidc')
export class OidcController {
  private readonly mode: SignUpMode;

  constructor(
    @Inject(OpenIdConnect) private readonly issuer: OpenIdConnect | null,
    @Inject(FlowCookies) private readonly flows: FlowCookies,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(PersonSessions) private readonly sessions: PersonSessions,
    @Inject(Visitors) private readonly visitors: Visitors,
    @Inject(SignInLimits) private readonly limits: SignInLimits,
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
    @Inject(ACCOUNTS_OPTIONS) { signUp }: AccountsOptions,
  ) {
    this.mode = signUp;
  }

  /** The answer sets a cookie by which the way back is known; it is good for ten minutes. */
  @Operation({
    id: 'beginOpenIdConnect',
    isPublic: true,
    summary: 'Where this browser goes to be signed in by OpenID Connect',
    answer: OpenIdConnectSchema,
    problems: [...PUBLIC_PROBLEMS, 502],
  })
  @Post()
  @HttpCode(200)
  async begin(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: BeginOpenIdConnectSchema }) { invitation, link }: BeginOpenIdConnect,
  ): Promise<OpenIdConnectResource> {
    const { person } = await this.visitors.of(request);
    if (link && person === undefined)
      throw new AppError('session_missing', 'This browser sent no cookie of a sign-in.');
    const { url, flow } = await this.required().begin();
    const value = await this.flows.seal({ ...flow, invitation, person, link });
    response.setHeader('Set-Cookie', flowCookie(request, value, FLOW_LASTS_S));
    return { url };
  }

  /** People meet it in their browser, so what went wrong is told on the page for signing in. */
  @Operation({
    id: 'finishOpenIdConnect',
    isPublic: true,
    summary: 'Where the issuer sends a browser back; leads on to the studio',
    answer: null,
    problems: [429, 500],
  })
  @Get('callback')
  @HttpCode(303)
  async finish(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    try {
      const entered = await this.entered(request);
      await this.sessions.begin(request, response, entered);
      response.appendHeader('Set-Cookie', flowCookie(request, '', 0));
      response.setHeader('Location', '/studio/');
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.logger.warn({ err: error }, 'A sign-in by OpenID Connect failed');
      response.setHeader('Set-Cookie', flowCookie(request, '', 0));
      response.setHeader('Location', `/studio/sign-in?failed=${error.code}`);
    }
  }

  private async entered(request: Request): Promise<Entered> {
    const sent = sentCookie(request, FLOW_COOKIE, MAX_FLOW_LENGTH);
    const pending = sent === undefined ? undefined : await this.flows.open(sent);
    if (pending === undefined) throw stateMismatch();
    const vouched = await this.required().finish(request.originalUrl.split('?')[1] ?? '', pending);
    const address = this.visitors.addressOf(request);
    // A session that ended on the way is nobody's any more.
    const { person } = pending;
    const isOn = person !== undefined && (await this.database.userSessions.find(person.sessionId)) !== null;
    const visitor = { address, ...(isOn ? { person } : {}) };
    const userId = pending.link
      ? await this.link(vouched, isOn ? person : undefined)
      : await this.find(vouched);
    const { invitation } = pending;
    if (userId !== null) {
      const { mail } = await this.database.users.get(userId);
      return this.accounts.enter({ userId, mail: mail ?? vouched.mail, invitation }, visitor);
    }
    await this.limits.countSignUp(address);
    return this.signUp(vouched, pending, isOn ? person?.userId : undefined);
  }

  private find({ issuer, subject }: Vouched): Promise<string | null> {
    return this.database.identities.find(issuer, subject);
  }

  /** @throws {AppError} `session_missing` (401), `identity_taken` (409) */
  private async link({ issuer, subject }: Vouched, person: Pending['person']): Promise<string> {
    if (person === undefined)
      throw new AppError('session_missing', 'This browser sent no cookie of a sign-in.');
    const owner = await this.database.identities.add(issuer, subject, person.userId);
    if (owner !== person.userId)
      throw new AppError('identity_taken', 'This sign-in belongs to another account.');
    return owner;
  }

  /** An account that has the address already is never taken over: addresses of accounts are not verified here. */
  private signUp(
    { issuer, subject, mail, name }: Vouched,
    { invitation }: Pending,
    personId: string | undefined,
  ): Promise<Entered> {
    return this.database.transaction(
      async (tx) => {
        const isGuest = personId !== undefined && (await tx.users.get(personId)).isGuest;
        const newcomer = { mail, name, invitation, ...(isGuest ? { guestId: personId } : {}) };
        const entered = await makeAccount(tx, this.mode, newcomer);
        const owner = await tx.identities.add(issuer, subject, entered.userId);
        if (owner !== entered.userId)
          throw new AppError('identity_taken', 'This sign-in belongs to another account.');
        return entered;
      },
      { idempotent: false },
    );
  }

  private required(): OpenIdConnect {
    if (this.issuer !== null) return this.issuer;
    throw new AppError('oidc_off', 'No OpenID Connect issuer is set up here.');
  }
}

const flowCookie = (request: Request, value: string, seconds: number): string =>
  cookie(request, { name: FLOW_COOKIE, value, path: FLOW_PATH, seconds, sameSite: 'Lax' });
