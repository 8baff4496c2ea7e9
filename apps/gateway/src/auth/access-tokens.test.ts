import { describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { ACCESS_LASTS_S, AccessTokens, CLOCK_SKEW_S } from './access-tokens';

/** Keys as the database keeps them. */
function storedKeys() {
  const keys = new Map<number, Buffer>();
  const signingKeys = {
    find: (period: number) => Promise.resolve(keys.get(period) ?? null),
    ensure: (period: number) => {
      const key = keys.get(period) ?? Buffer.alloc(32, period % 251);
      keys.set(period, key);
      return Promise.resolve(key);
    },
  };
  return { keys, database: { signingKeys } };
}
const NOON_MS = Date.UTC(2026, 10, 30, 12);
const WEEK_MS = 7 * 24 * 3_600_000;
const CLAIMS = { userId: 'ada', sessionId: 's1', tenantId: 'acme' };
const at = (seconds: number): number => NOON_MS + seconds * 1000;

describe('access tokens', () => {
  const { keys, database } = storedKeys();
  const tokensAt = (ms: number): AccessTokens => new AccessTokens(database, () => ms);
  const sign = (ms = NOON_MS): Promise<string> => tokensAt(ms).sign(CLAIMS);

  it('say who and where, and not what he may do', async () => {
    const token = await sign();
    expect(await tokensAt(NOON_MS).verify(token)).toEqual(CLAIMS);
    const [, body = ''] = token.split('.');
    expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toEqual({
      ...{ sub: 'ada', sid: 's1', tid: 'acme', iss: 'showrunner', aud: 'showrunner-browser' },
      ...{ iat: NOON_MS / 1000, nbf: NOON_MS / 1000, exp: NOON_MS / 1000 + ACCESS_LASTS_S },
    });
  });

  it('clock skew: a clock that is a minute behind or ahead is tolerated, and no more', async () => {
    const token = await sign();
    const end = ACCESS_LASTS_S + CLOCK_SKEW_S;
    for (const seconds of [-CLOCK_SKEW_S, -1, 0, ACCESS_LASTS_S, end - 1])
      expect([seconds, await tokensAt(at(seconds)).verify(token)]).toEqual([seconds, CLAIMS]);
    for (const seconds of [end + 1, end + 3600])
      await expect(tokensAt(at(seconds)).verify(token)).rejects.toMatchObject({ code: 'session_expired' });
    // From a future that no clock of ours can be in.
    for (const seconds of [-CLOCK_SKEW_S - 1, -3600])
      expect([seconds, await tokensAt(at(seconds)).verify(token)]).toEqual([seconds, undefined]);
  });

  it('live on when the key rotates, and end with it', async () => {
    const before = (Math.floor(NOON_MS / WEEK_MS) + 1) * WEEK_MS - 60_000;
    const token = await sign(before);
    expect(await tokensAt(before + 120_000).verify(token)).toEqual(CLAIMS);
    const next = await sign(before + 120_000);
    expect(kidOf(next)).toBe(kidOf(token) + 1);
    expect(keys.get(kidOf(next))).not.toEqual(keys.get(kidOf(token)));
    // A gateway whose clock is behind still reads what the others sign.
    expect(await tokensAt(before + 90_000).verify(next)).toEqual(CLAIMS);
  });

  it('ask to be refreshed when the installation has forgotten the key', async () => {
    const token = await sign();
    keys.clear();
    await expect(tokensAt(NOON_MS).verify(token)).rejects.toMatchObject({ code: 'session_expired' });
  });

  it('of others are none: made up, altered, of another kind, by no key, for somebody else', async () => {
    const token = await sign();
    const kid = String(kidOf(token));
    const key = await database.signingKeys.ensure(Number(kid));
    const seconds = NOON_MS / 1000;
    const made = (
      change: (jwt: SignJWT) => SignJWT,
      { by = key, alg = 'HS256', typ = 'JWT' }: { by?: Uint8Array; alg?: string; typ?: string } = {},
    ): Promise<string> =>
      change(
        new SignJWT({ sid: 's1', tid: 'acme' })
          .setProtectedHeader({ alg, typ, kid })
          .setSubject('ada')
          .setIssuer('showrunner')
          .setAudience('showrunner-browser')
          .setIssuedAt(seconds)
          .setNotBefore(seconds)
          .setExpirationTime(seconds + 300),
      ).sign(by);
    expect(await tokensAt(NOON_MS).verify(await made((jwt) => jwt))).toEqual(CLAIMS);
    const [head = '', body = '', signature = ''] = token.split('.');
    const other = Buffer.from(body, 'base64url').toString().replace('acme', 'evil');
    const wrong = [
      ...['', 'nonsense', 'a.b.c', `${head}.${body}.`],
      `${head}.${Buffer.from(other).toString('base64url')}.${signature}`,
      new UnsecuredJWT({ sid: 's1', tid: 'acme' }).setSubject('ada').setIssuer('showrunner').encode(),
      await made((jwt) => jwt, { by: Buffer.alloc(32, 7) }),
      await made((jwt) => jwt.setIssuer('somebody')),
      await made((jwt) => jwt.setAudience('another-api')),
      await made((jwt) => jwt, { alg: 'HS512', by: Buffer.alloc(64, 1) }),
      await made((jwt) => jwt, { typ: 'at+jwt' }),
      await new SignJWT({ sid: 's1' }).setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid }).sign(key),
    ];
    for (const one of wrong) expect([one, await tokensAt(NOON_MS).verify(one)]).toEqual([one, undefined]);
    // Nor does one live longer than ours do, whoever could sign it.
    const long = await made((jwt) => jwt.setExpirationTime(seconds + 86_400));
    await expect(tokensAt(at(ACCESS_LASTS_S + CLOCK_SKEW_S + 1)).verify(long)).rejects.toMatchObject({
      code: 'session_expired',
    });
  });
});

const kidOf = (token: string): number =>
  Number((JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid);
