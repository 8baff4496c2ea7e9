import { describe, expect, it } from '@jest/globals';
import type { Passwords } from '../auth/passwords';
import {
  FAILURES_OF_ADDRESS,
  FAILURES_OF_CALLER,
  FAILURES_OF_MAIL,
  SignInLimits,
} from '../auth/sign-in-limits';
import { AccountsService } from './accounts.service';

const KNOWN = { id: 'u1', mail: 'dan@example.org', passwordHash: 'the password', isGuest: false };

function service() {
  let compared = 0;
  const limits = new SignInLimits();
  const passwords = {
    isRight: (password: string, stored: string | null) => {
      compared += 1;
      return Promise.resolve(password === stored);
    },
  } as Passwords;
  const database = {
    users: { findByMail: (mail: string) => Promise.resolve(mail === KNOWN.mail ? KNOWN : null) },
    transaction: () => Promise.resolve({ userId: 'u1', tenantId: 't' }),
  };
  const accounts = new AccountsService(
    database as never,
    { signUp: 'open', guests: false },
    passwords,
    limits,
  );
  const signIn = (mail: string, password: string, address = '1.1.1.1'): Promise<string> =>
    accounts.signIn({ mail, password }, { address }).then(
      () => 'in',
      (error: { code: string }) => error.code,
    );
  return { signIn, compared: () => compared, close: () => limits.onModuleDestroy() };
}

describe('who tries out passwords', () => {
  it.each(['dan@example.org', 'no-such-person@example.org'])(
    'is locked out of %s for a while, before a password is looked at, right or wrong',
    async (mail) => {
      const { signIn, compared, close } = service();
      for (let round = 0; round < FAILURES_OF_CALLER; round += 1)
        expect(await signIn(mail, 'wrong')).toBe('sign_in_failed');
      expect(await signIn(mail.toUpperCase(), 'the password')).toBe('sign_in_locked');
      expect(compared()).toBe(FAILURES_OF_CALLER);
      // Whose account it is comes in from where he is.
      expect(await signIn(KNOWN.mail, 'the password', '2.2.2.2')).toBe('in');
      close();
    },
  );

  it('is locked out from many addresses, too, and for many people from one', async () => {
    const { signIn, close } = service();
    for (let round = 0; round < FAILURES_OF_MAIL; round += 1)
      expect(await signIn(KNOWN.mail, 'wrong', `10.0.0.${round}`)).toBe('sign_in_failed');
    expect(await signIn(KNOWN.mail, 'the password', '10.0.1.1')).toBe('sign_in_locked');
    for (let round = 0; round < FAILURES_OF_ADDRESS; round += 1)
      expect(await signIn(`p${round}@example.org`, 'wrong', '3.3.3.3')).toBe('sign_in_failed');
    expect(await signIn('one-more@example.org', 'wrong', '3.3.3.3')).toBe('sign_in_locked');
    close();
  });

  it('has his failures forgotten who knows the password after all', async () => {
    const { signIn, close } = service();
    for (let round = 0; round < 3 * FAILURES_OF_CALLER; round += 1)
      expect(await signIn(KNOWN.mail, round % 5 === 4 ? 'the password' : 'wrong')).toBe(
        round % 5 === 4 ? 'in' : 'sign_in_failed',
      );
    close();
  });
});
