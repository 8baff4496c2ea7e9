import { Inject } from '@nestjs/common';
import { AppError } from '@showrunner/contracts';
import type { ChangePassword, PasswordSignIn, SignUp, SignUpMode } from '@showrunner/contracts';
import type { Database, UserWithPassword } from '@showrunner/database';
import { deletePerson, PLATFORM_DATABASE } from '@showrunner/service';
import { Passwords } from '../auth/passwords';
import { SignInLimits } from '../auth/sign-in-limits';
import { enter, invitationInvalid, makeAccount, ownTenant, requireMayJoin } from './joining';

export const ACCOUNTS_OPTIONS = Symbol('ACCOUNTS_OPTIONS');
export interface AccountsOptions {
  signUp: SignUpMode;
  guests: boolean;
}
/** Who asks: from where, and the session that this browser has already. */
export interface Visitor {
  address: string;
  person?: { userId: string; sessionId: string };
}
/** Whom a browser is signed in as. */
export interface Entered {
  userId: string;
  tenantId: string;
}

/** How people come in by mail and password or as guests, and how they leave. */
export class AccountsService {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(ACCOUNTS_OPTIONS) private readonly options: AccountsOptions,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(SignInLimits) private readonly limits: SignInLimits,
  ) {}

  /** @throws {AppError} as `makeAccount`; `sign_in_locked` (429), `sign_in_busy` (503) */
  async signUp({ mail, password, name, invitation }: SignUp, visitor: Visitor): Promise<Entered> {
    await this.limits.countSignUp(visitor.address);
    const guestId = await this.guestOf(visitor);
    // Before the password is hashed, which takes long: nobody has that done who may not come in.
    requireMayJoin(this.options.signUp, { invitation, guestId });
    if (invitation !== undefined && (await this.database.invitations.find(invitation)) === null)
      throw invitationInvalid();
    const passwordHash = await this.passwords.hash(password);
    const newcomer = { mail: mail.toLowerCase(), name, passwordHash, invitation, guestId };
    const entered = await this.database.transaction((tx) => makeAccount(tx, this.options.signUp, newcomer), {
      idempotent: false,
    });
    await this.endFormer(visitor);
    return entered;
  }

  /**
   * The same answer, after the same time, for a wrong password and for an address that nobody has.
   * @throws {AppError} `sign_in_failed` (401), `sign_in_locked` (429), `sign_in_busy` (503); as `enter`
   */
  async signIn({ mail: given, password, invitation }: PasswordSignIn, visitor: Visitor): Promise<Entered> {
    const mail = given.toLowerCase();
    await this.limits.requireOpen(mail, visitor.address);
    const user = await this.database.users.findByMail(mail);
    const isRight = await this.passwords.isRight(password, user?.passwordHash ?? null);
    if (user === null || !isRight) {
      await this.limits.failed(mail, visitor.address);
      throw new AppError('sign_in_failed', 'The mail address or the password is wrong.', { status: 401 });
    }
    await this.limits.succeeded(mail, visitor.address);
    return this.enter({ userId: user.id, mail, invitation }, visitor);
  }

  /** @throws {AppError} as `enter` */
  async enter(
    who: { userId: string; mail: string | null; invitation?: string },
    visitor: Visitor,
  ): Promise<Entered> {
    const guestId = await this.guestOf(visitor);
    const entered = await this.database.transaction(
      (tx) => enter(tx, this.options.signUp, { ...who, guestId }),
      {
        idempotent: false,
      },
    );
    await this.endFormer(visitor);
    return entered;
  }

  /** @throws {AppError} `guests_off` (403), `sign_in_locked` (429) */
  async beGuest({ address }: Visitor): Promise<Entered> {
    if (!this.options.guests) throw new AppError('guests_off', 'This installation takes no guests.');
    await this.limits.countSignUp(address);
    return this.database.transaction(
      async (tx) => {
        const user = await tx.users.create({ isGuest: true, name: 'Guest' });
        if (user === null) throw new AppError('internal_error', 'A guest could not be stored.');
        return { userId: user.id, tenantId: await ownTenant(tx, user.id, 'guest', 'editor') };
      },
      { idempotent: false },
    );
  }

  /** Every session of the person ends. @throws {AppError} `sign_in_failed` (403), `sign_in_locked` (429) */
  async changePassword(
    userId: string,
    { current, password }: ChangePassword,
    address: string,
  ): Promise<void> {
    const user = await this.database.users.get(userId);
    if (user.mail === null)
      throw new AppError('sign_in_failed', 'Without a mail address nobody signs in by password.', {
        status: 403,
        remedy: 'Sign up with a mail address first.',
      });
    await this.requirePassword(user, current, address);
    await this.database.users.setPassword(userId, await this.passwords.hash(password));
    await this.database.userSessions.revokeAll(userId);
  }

  /**
   * With the tenants that were made for this person alone, and all that is theirs; of others, he leaves.
   * @throws {AppError} `sign_in_failed` (403), `tenant_in_use` (409) while a run goes on, `last_owner` (409)
   */
  async deleteAccount(userId: string, password: string | undefined, address: string): Promise<void> {
    const user = await this.database.users.get(userId);
    await this.requirePassword(user, password, address);
    await this.database.transaction((tx) => deletePerson(tx, userId));
  }

  /** Of who is signed in, and yet may have left his browser to somebody else. @throws {AppError} */
  private async requirePassword(
    user: UserWithPassword,
    given: string | undefined,
    address: string,
  ): Promise<void> {
    if (user.passwordHash === null) return;
    const mail = user.mail ?? user.id;
    await this.limits.requireOpen(mail, address);
    if (given !== undefined && (await this.passwords.isRight(given, user.passwordHash))) return;
    await this.limits.failed(mail, address);
    throw new AppError('sign_in_failed', 'The password is wrong.', {
      status: 403,
      remedy: 'Give the password of now.',
    });
  }

  private async guestOf({ person }: Visitor): Promise<string | undefined> {
    if (person === undefined) return undefined;
    return (await this.database.users.get(person.userId)).isGuest ? person.userId : undefined;
  }

  /** What this browser was signed in by before: a copy of it opens nothing of what comes now. */
  private async endFormer({ person }: Visitor): Promise<void> {
    if (person !== undefined) await this.database.userSessions.revoke(person.sessionId);
  }
}
