import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@showrunner/contracts';
import type { Db } from '../connection/client';
import { toRecord, valid } from './api-keys';
import type { ApiKeyRecord } from './api-keys';

/** Handed out once; only its SHA-256 is stored. */
export interface NewCredential {
  /** 256 random bits in base64url. */
  secret: string;
  expiresAt: string;
}
/** Whose browser it is: the key that it signed in with, and until when. */
export interface BrowserSessionRecord {
  id: string;
  key: ApiKeyRecord;
  expiresAt: string;
}

const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * Browsers that are let in for an API key: by the cookie of a session until its end, or by a sign-in token for one request. Each is good
 * only as long as its key is.
 */
export function browserSessionsRepository(db: Db) {
  const make = async (apiKeyId: string, isSignIn: boolean, lastsMs: number): Promise<NewCredential> => {
    const now = Date.now();
    await db.browserSession.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
    const secret = randomBytes(32).toString('base64url');
    const expiresAt = new Date(now + lastsMs);
    const row = { id: newId(), apiKeyId, sha256: digest(secret), isSignIn, expiresAt };
    await db.browserSession.create({ data: row });
    return { secret, expiresAt: expiresAt.toISOString() };
  };
  const find = async (secret: string, isSignIn: boolean): Promise<BrowserSessionRecord | null> => {
    const row = await db.browserSession.findFirst({
      where: { sha256: digest(secret), isSignIn, expiresAt: { gt: new Date() }, apiKey: valid() },
      include: { apiKey: true },
    });
    return row && { id: row.id, key: toRecord(row.apiKey), expiresAt: row.expiresAt.toISOString() };
  };
  return {
    /** A token with which a browser can make one request in the name of a key. */
    offerSignIn: (apiKeyId: string, lastsMs: number): Promise<NewCredential> => make(apiKeyId, true, lastsMs),
    /** Uses a sign-in token up; null for one that is unknown, used, late, or whose key is not good any more. */
    async redeem(token: string): Promise<ApiKeyRecord | null> {
      const found = await find(token, true);
      if (found === null) return null;
      // Of two that come at once, one takes it.
      const { count } = await db.browserSession.deleteMany({ where: { id: found.id } });
      return count === 1 ? found.key : null;
    },
    /** Begins a session; `secret` is for its cookie. */
    open: (apiKeyId: string, lastsMs: number): Promise<NewCredential> => make(apiKeyId, false, lastsMs),
    /** The session of a cookie; null when there is none, or its key is not good any more. */
    verify: (cookie: string): Promise<BrowserSessionRecord | null> => find(cookie, false),
    /** Ends a session at once. A second time changes nothing. */
    async end(id: string): Promise<void> {
      await db.browserSession.deleteMany({ where: { id } });
    },
  };
}
