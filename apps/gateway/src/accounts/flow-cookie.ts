import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import type { Database } from '@showrunner/database';
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Sent back by the issuer's redirect alone: a page of another site leads here, so it cannot be `Strict`. */
export const FLOW_COOKIE = 'showrunner_oidc';
export const FLOW_PATH = '/api/auth/oidc';
export const FLOW_LASTS_S = 600;
export const MAX_FLOW_LENGTH = 2_048;
const PERIOD_S = 7 * 24 * 3600;

const PendingSchema = z.object({
  ...{ state: z.string(), nonce: z.string(), verifier: z.string() },
  invitation: z.string().optional(),
  /** The person of this browser as it left: the cookie that says so does not come along with the redirect. */
  person: z.object({ userId: z.string(), sessionId: z.string() }).optional(),
  /** To be added to that person. */
  link: z.boolean(),
});
export type Pending = z.infer<typeof PendingSchema>;

/** Seals what a browser keeps while it is at the issuer (JWE, A256GCM by a key of the installation): neither read nor made up by anybody. */
export class FlowCookies {
  constructor(
    private readonly database: Pick<Database, 'signingKeys'>,
    private readonly now: () => number = Date.now,
  ) {}

  async seal(pending: Pending): Promise<string> {
    const seconds = Math.floor(this.now() / 1000);
    const period = Math.floor(seconds / PERIOD_S);
    return new EncryptJWT({ pending })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: String(period) })
      .setExpirationTime(seconds + FLOW_LASTS_S)
      .encrypt(derived(await this.database.signingKeys.ensure(period)));
  }

  /** Undefined for what is not ours, or late. */
  async open(cookie: string): Promise<Pending | undefined> {
    try {
      const { payload } = await jwtDecrypt(
        cookie,
        async ({ kid }) => {
          const key = await this.database.signingKeys.find(Number(kid) || 0);
          if (key === null) throw new errors.JOSEError('The key is gone.');
          return derived(key);
        },
        {
          ...{ keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
          ...{ requiredClaims: ['exp'], currentDate: new Date(this.now()) },
        },
      );
      return PendingSchema.safeParse(payload['pending']).data;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}

/** A key of its own: what signs does not seal. */
const derived = (key: Buffer): Uint8Array =>
  createHash('sha256').update('showrunner oidc flow 1').update(key).digest();
