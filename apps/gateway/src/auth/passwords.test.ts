import { expect, it } from '@jest/globals';
import { Passwords } from './passwords';

const passwords = new Passwords();

it('a password is known again, and nothing else is taken for it', async () => {
  const stored = await passwords.hash('correct horse battery');
  expect(stored).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(await passwords.hash('correct horse battery')).not.toBe(stored);
  expect(await passwords.isRight('correct horse battery', stored)).toBe(true);
  for (const wrong of ['correct horse batterx', '', 'Correct horse battery', 'correct horse battery '])
    expect(await passwords.isRight(wrong, stored)).toBe(false);
});

it('letters that keyboards write in two ways are the same password', async () => {
  const stored = await passwords.hash('Schl\u00fcssel-2026');
  expect(await passwords.isRight('Schlu\u0308ssel-2026', stored)).toBe(true);
});

it('nobody has no password, also not the one that stands for nobody', async () => {
  expect(await passwords.isRight('', null)).toBe(false);
  expect(await passwords.isRight('anything at all', null)).toBe(false);
});

it('too many at a time are asked to come again', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, () => passwords.isRight('x', 'scrypt$2$1$1$AAAA$AAAA')),
  );
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(8);
  expect(refused[0]).toMatchObject({ reason: { code: 'sign_in_busy', status: 503, retryable: true } });
  expect(await passwords.isRight('x', null)).toBe(false);
});
