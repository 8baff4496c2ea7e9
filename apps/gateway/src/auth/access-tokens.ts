import { errors, jwtVerify, SignJWT } from 'jose';
import { AppError } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { z } from 'zod';

/** How long a browser asks by one access token. */
export const ACCESS_LASTS_S = 300;
/** How far clocks of gateways, and of a database, may be apart. */
export const CLOCK_SKEW_S = 60;
/** A key of the installation signs for so long, and is known as long again. */
const PERIOD_S = 7 * 24 * 3600;
const ISSUER = 'showrunner';
const AUDIENCE = 'showrunner-browser';

const ClaimsSchema = z.object({ sub: z.string(), sid: z.string(), tid: z.string() });
/** Which person, by which session, in which tenant. What he may do is looked up: a role that changed counts at once. */
export interface AccessClaims {
  userId: string;
  sessionId: string;
  tenantId: string;
}

/** Signs and reads what stands in the cookie of a person: a JWT (RFC 7519), HS256 by a rotating key of the installation. */
export class AccessTokens {
  private readonly keys = new Map<number, Uint8Array>();

  /** @param now ms since 1970 */
  constructor(
    private readonly database: Pick<Database, 'signingKeys'>,
    private readonly now: () => number = Date.now,
  ) {}

  async sign({ userId, sessionId, tenantId }: AccessClaims): Promise<string> {
    const seconds = Math.floor(this.now() / 1000);
    const period = periodOf(seconds);
    return new SignJWT({ sid: sessionId, tid: tenantId })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: String(period) })
      .setSubject(userId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(seconds)
      .setNotBefore(seconds)
      .setExpirationTime(seconds + ACCESS_LASTS_S)
      .sign(await this.keyOf(period, true));
  }

  /**
   * @returns undefined for what we never signed
   * @throws {AppError} `session_expired` (401) for what we signed and is past its end, or whose key is gone
   */
  async verify(token: string): Promise<AccessClaims | undefined> {
    try {
      const { payload } = await jwtVerify(token, (header) => this.keyToVerify(header.kid), {
        algorithms: ['HS256'],
        ...{ issuer: ISSUER, audience: AUDIENCE, typ: 'JWT' },
        requiredClaims: ['sub', 'iat', 'nbf', 'exp'],
        clockTolerance: CLOCK_SKEW_S,
        maxTokenAge: ACCESS_LASTS_S,
        currentDate: new Date(this.now()),
      });
      const { sub, sid, tid } = ClaimsSchema.parse(payload);
      return { userId: sub, sessionId: sid, tenantId: tid };
    } catch (error) {
      if (error instanceof errors.JWTExpired || error instanceof KeyGone) throw expired();
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return undefined;
      throw error;
    }
  }

  private async keyToVerify(kid: string | undefined): Promise<Uint8Array> {
    const period = Number(kid);
    const now = Math.floor(this.now() / 1000);
    // Of clocks that differ, one may be in the next period already.
    const known = [
      periodOf(now - ACCESS_LASTS_S - CLOCK_SKEW_S),
      periodOf(now),
      periodOf(now + CLOCK_SKEW_S),
    ];
    if (!known.includes(period)) throw new KeyGone();
    return this.keyOf(period, false);
  }

  private async keyOf(period: number, isNew: boolean): Promise<Uint8Array> {
    const known = this.keys.get(period);
    if (known !== undefined) return known;
    const { signingKeys } = this.database;
    const key = isNew ? await signingKeys.ensure(period) : await signingKeys.find(period);
    if (key === null) throw new KeyGone();
    for (const old of this.keys.keys()) if (old < period - 1) this.keys.delete(old);
    this.keys.set(period, key);
    return key;
  }
}

/** What it signed is to be refreshed, not refused for good. */
class KeyGone extends errors.JOSEError {}

const periodOf = (seconds: number): number => Math.floor(seconds / PERIOD_S);
const expired = (): AppError =>
  new AppError('session_expired', 'The sign-in of this browser has to be refreshed.');
