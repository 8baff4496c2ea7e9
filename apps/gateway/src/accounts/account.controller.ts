import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import {
  BrowserSessionSchema,
  ChangePasswordSchema,
  DeleteAccountSchema,
  InvitationTokenSchema,
  SwitchTenantSchema,
  UserSessionSchema,
} from '@showrunner/contracts';
import type {
  BrowserSession,
  ChangePassword,
  DeleteAccount,
  InvitationToken,
  SwitchTenant,
  UserSessionResource,
} from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { PLATFORM_DATABASE } from '@showrunner/service';
import type { Request, Response } from 'express';
import { endedPersonCookies } from '../auth/person-cookies';
import { AccountsService } from './accounts.service';
import { PersonSessions } from './person-sessions';
import { personOf, signedIn, Visitors } from './visitor';

/** What people do with their own account. `GET /api/session` says who somebody is. */
@Tag('people')
@Controller('api/account')
export class AccountController {
  constructor(
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(PersonSessions) private readonly sessions: PersonSessions,
    @Inject(Visitors) private readonly visitors: Visitors,
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
  ) {}

  /** None of a key. */
  @Operation({
    id: 'listSessions',
    permission: 'read',
    summary: 'Browsers in which this person is signed in, newest first',
    answer: listOf(UserSessionSchema),
  })
  @Get('sessions')
  async list(@Req() request: Request): Promise<{ data: UserSessionResource[] }> {
    const person = signedIn(request.headers);
    if (person === undefined) return { data: [] };
    const sessions = await this.database.userSessions.list(person.userId);
    return {
      data: sessions.map(({ user: _user, role: _role, ...session }) => ({
        ...session,
        isThis: session.id === person.sessionId,
      })),
    };
  }

  /** This one, too. */
  @Operation({ id: 'endSessions', permission: 'read', summary: 'Sign out everywhere', answer: null })
  @Delete('sessions')
  @HttpCode(204)
  async endAll(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.database.userSessions.revokeAll(personOf(request).userId);
    response.setHeader('Set-Cookie', endedPersonCookies(request));
  }

  /** Every other browser is signed out. */
  @Operation({
    id: 'changePassword',
    permission: 'read',
    summary: 'Change the password of the person who asks; the answer sets new cookies',
    answer: BrowserSessionSchema,
    problems: [429],
  })
  @Post('password')
  @HttpCode(200)
  async changePassword(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: ChangePasswordSchema }) body: ChangePassword,
  ): Promise<BrowserSession> {
    const { userId, sessionId } = personOf(request);
    const { tenantId } = await this.sessions.describe(sessionId);
    await this.accounts.changePassword(userId, body, this.visitors.addressOf(request));
    return this.sessions.begin(request, response, { userId, tenantId });
  }

  @Operation({
    id: 'switchTenant',
    permission: 'read',
    summary: 'Work in another tenant of the person who asks; the answer sets new cookies',
    answer: BrowserSessionSchema,
    problems: [404],
  })
  @Post('tenant')
  @HttpCode(200)
  async switchTenant(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: SwitchTenantSchema }) { tenantId }: SwitchTenant,
  ): Promise<BrowserSession> {
    const { userId, sessionId } = personOf(request);
    await this.database.memberships.get(tenantId, userId);
    await this.database.userSessions.revoke(sessionId);
    return this.sessions.begin(request, response, { userId, tenantId });
  }

  /** The tenant is another one of his from now on; it is worked in at once. */
  @Operation({
    id: 'acceptInvitation',
    permission: 'read',
    summary: 'Accept an invitation as the person who is signed in; the answer sets new cookies',
    answer: BrowserSessionSchema,
    problems: [404],
  })
  @Post('memberships')
  @HttpCode(200)
  async accept(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: InvitationTokenSchema }) { invitation }: InvitationToken,
  ): Promise<BrowserSession> {
    const person = personOf(request);
    const { mail } = await this.database.users.get(person.userId);
    const address = this.visitors.addressOf(request);
    const entered = await this.accounts.enter(
      { userId: person.userId, mail, invitation },
      { address, person },
    );
    return this.sessions.begin(request, response, entered);
  }

  /** With the tenants that were made for this person alone and all that is theirs; of others, he leaves. */
  @Operation({
    id: 'deleteAccount',
    permission: 'read',
    summary: 'Delete the account of the person who asks, with everything that is his alone',
    answer: null,
    problems: [409, 429],
  })
  @Post('deletion')
  @HttpCode(204)
  async delete(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: DeleteAccountSchema }) { password }: DeleteAccount,
  ): Promise<void> {
    const address = this.visitors.addressOf(request);
    await this.accounts.deleteAccount(personOf(request).userId, password, address);
    response.setHeader('Set-Cookie', endedPersonCookies(request));
  }
}
