import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import {
  BrowserSessionSchema,
  InvitationTokenSchema,
  OfferedInvitationSchema,
  PasswordSignInSchema,
  SignInOptionsSchema,
  SignUpSchema,
} from '@showrunner/contracts';
import type {
  BrowserSession,
  InvitationToken,
  OfferedInvitation,
  PasswordSignIn,
  SignInOptions,
  SignUp,
} from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { Operation, Tag } from '@showrunner/openapi';
import { PLATFORM_DATABASE } from '@showrunner/service';
import type { Request, Response } from 'express';
import { requireOwnPage } from '../auth/browser-requests';
import { AccountsService } from './accounts.service';
import { invitationInvalid } from './joining';
import { PersonSessions } from './person-sessions';
import { Visitors } from './visitor';

export const SIGN_IN_OPTIONS = Symbol('SIGN_IN_OPTIONS');
/** Of routes that need no credentials and read JSON. */
export const PUBLIC_PROBLEMS = [400, 401, 403, 404, 409, 413, 415, 429, 500] as const;

/** How people come in. These routes need no credentials, and are counted by address. */
@Tag('people')
@Controller('api/auth')
export class AuthController {
  constructor(
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(PersonSessions) private readonly sessions: PersonSessions,
    @Inject(Visitors) private readonly visitors: Visitors,
    @Inject(SIGN_IN_OPTIONS) private readonly options: SignInOptions,
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
  ) {}

  @Operation({
    id: 'getSignInOptions',
    isPublic: true,
    summary: 'How people come in at this installation',
    answer: SignInOptionsSchema,
    problems: [429, 500],
  })
  @Get()
  get(): SignInOptions {
    return this.options;
  }

  /** Who was a guest in this browser keeps what he made. */
  @Operation({
    id: 'signUp',
    isPublic: true,
    summary: 'Make an account with mail and password; the answer sets the cookies of this browser',
    answer: BrowserSessionSchema,
    problems: PUBLIC_PROBLEMS,
  })
  @Post('sign-up')
  async signUp(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: SignUpSchema }) body: SignUp,
  ): Promise<BrowserSession> {
    const entered = await this.accounts.signUp(body, await this.visitors.of(request));
    return this.sessions.begin(request, response, entered);
  }

  /** The same answer, after the same time, whether the address is known or not. */
  @Operation({
    id: 'signIn',
    isPublic: true,
    summary: 'Sign this browser in with mail and password; the answer sets its cookies',
    answer: BrowserSessionSchema,
    problems: PUBLIC_PROBLEMS,
  })
  @Post('sign-in')
  @HttpCode(200)
  async signIn(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: PasswordSignInSchema }) body: PasswordSignIn,
  ): Promise<BrowserSession> {
    const entered = await this.accounts.signIn(body, await this.visitors.of(request));
    return this.sessions.begin(request, response, entered);
  }

  /** What a guest makes is his who signs up or in later, in this browser. */
  @Operation({
    id: 'beGuest',
    isPublic: true,
    summary: 'Try it without an account, where AUTH_GUESTS allows it',
    answer: BrowserSessionSchema,
    problems: [401, 403, 429, 500],
  })
  @Post('guest')
  async beGuest(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BrowserSession> {
    const entered = await this.accounts.beGuest(await this.visitors.of(request));
    return this.sessions.begin(request, response, entered);
  }

  /** By the other cookie, which is good for this once. One that comes twice ends the session wherever it is. */
  @Operation({
    id: 'refreshSession',
    isPublic: true,
    summary: 'Access for the next minutes, for a browser in which a person is signed in',
    answer: BrowserSessionSchema,
    problems: [401, 403, 429, 500],
  })
  @Post('refresh')
  @HttpCode(200)
  refresh(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<BrowserSession> {
    requireOwnPage(request);
    return this.sessions.refresh(request, response);
  }

  /** The token comes in the body: in an address it would stand in logs. */
  @Operation({
    id: 'lookAtInvitation',
    isPublic: true,
    summary: 'What an invitation is for, as long as it can be accepted',
    answer: OfferedInvitationSchema,
    problems: PUBLIC_PROBLEMS,
  })
  @Post('invitation')
  @HttpCode(200)
  async lookAt(
    @Body({ schema: InvitationTokenSchema }) { invitation }: InvitationToken,
  ): Promise<OfferedInvitation> {
    const found = await this.database.invitations.find(invitation);
    if (found === null) throw invitationInvalid();
    const { tenantId, role, mail, expiresAt } = found;
    return { tenantId, role, mail, expiresAt };
  }
}
