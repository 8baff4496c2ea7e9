import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { GatewayConfig } from '@showrunner/config';
import type { SignInOptions } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { AccessTokens } from '../auth/access-tokens';
import { Passwords } from '../auth/passwords';
import { SignInLimits } from '../auth/sign-in-limits';
import { AccountController } from './account.controller';
import { ACCOUNTS_OPTIONS, AccountsService } from './accounts.service';
import type { AccountsOptions } from './accounts.service';
import { AuthController, SIGN_IN_OPTIONS } from './auth.controller';
import { FlowCookies } from './flow-cookie';
import { InvitationsController } from './invitations.controller';
import { MembersController } from './members.controller';
import { OidcController } from './oidc.controller';
import { OpenIdConnect } from './openid-connect';
import { PersonSessions } from './person-sessions';
import type { PersonSessionsOptions } from './person-sessions';
import { Visitors, VISITORS_OPTIONS } from './visitor';
import type { VisitorsOptions } from './visitor';

type Settings = Pick<
  GatewayConfig,
  | 'AUTH_SIGN_UP'
  | 'AUTH_GUESTS'
  | 'GATEWAY_PORT'
  | 'OIDC_CLIENT_ID'
  | 'OIDC_CLIENT_SECRET'
  | 'OIDC_ISSUER'
  | 'OIDC_NAME'
  | 'PUBLIC_URL'
  | 'TRUSTED_PROXIES'
>;
/** What the door knows of who was let in, and keeps. */
export interface AccountsDoor {
  personOf: VisitorsOptions['personOf'];
  noteSignIn: PersonSessionsOptions['note'];
}

@Module({
  controllers: [AuthController, OidcController, AccountController, InvitationsController, MembersController],
})
export class AccountsModule {
  static of(config: Settings, database: Database, { personOf, noteSignIn }: AccountsDoor): DynamicModule {
    const { TRUSTED_PROXIES: trustedProxies } = config;
    const issuer = issuerOf(config);
    const options = {
      signUp: config.AUTH_SIGN_UP,
      guests: config.AUTH_GUESTS === 'on',
    } satisfies AccountsOptions;
    const signIn: SignInOptions = {
      ...options,
      openIdConnect: issuer === null ? null : { name: config.OIDC_NAME },
    };
    const sessions = new PersonSessions(database, new AccessTokens(database), {
      trustedProxies,
      note: noteSignIn,
    });
    const providers = [
      ...[AccountsService, Visitors, Passwords, SignInLimits],
      { provide: ACCOUNTS_OPTIONS, useValue: options },
      { provide: SIGN_IN_OPTIONS, useValue: signIn },
      { provide: VISITORS_OPTIONS, useValue: { trustedProxies, personOf } satisfies VisitorsOptions },
      { provide: PersonSessions, useValue: sessions },
      { provide: FlowCookies, useValue: new FlowCookies(database) },
      { provide: OpenIdConnect, useValue: issuer },
    ];
    return { module: AccountsModule, providers, exports: [PersonSessions] };
  }
}

function issuerOf(config: Settings): OpenIdConnect | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = config;
  if (issuer === undefined || clientId === undefined) return null;
  const publicUrl = config.PUBLIC_URL ?? `http://127.0.0.1:${config.GATEWAY_PORT}`;
  return new OpenIdConnect({ issuer, clientId, clientSecret, publicUrl });
}
