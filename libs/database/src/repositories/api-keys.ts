import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@showrunner/contracts';
import type { ApiKey } from '../generated/client';
import type { Db } from '../connection/client';
import { isoOrNull } from '../json';
import { DEFAULT_TENANT } from './tenants';

export interface ApiKeyRecord {
  id: string;
  /** The first characters, to tell keys apart. */
  prefix: string;
  name: string;
  tenantId: string;
  createdAt: string;
  revokedAt: string | null;
  lastUsedAt: string | null;
}

const PREFIX_LENGTH = 10;
const TOUCH_EVERY_MS = 60_000;

const digest = (key: string): string => createHash('sha256').update(key).digest('hex');
const toRecord = (row: ApiKey): ApiKeyRecord => ({
  id: row.id,
  prefix: row.prefix,
  name: row.name,
  tenantId: row.tenantId,
  createdAt: row.createdAt.toISOString(),
  revokedAt: isoOrNull(row.revokedAt),
  lastUsedAt: isoOrNull(row.lastUsedAt),
});

/** A new key: `sk_` and 256 random bits. */
export const newApiKey = (): string => `sk_${randomBytes(32).toString('base64url')}`;

/** API keys. Only their SHA-256 is stored: the keys are random, so no slow hash is needed. */
export function apiKeysRepository(db: Db) {
  return {
    /** Stores a key; when it is known already (also as revoked), answers the stored record. */
    async ensure(key: string, name: string, tenantId = DEFAULT_TENANT): Promise<ApiKeyRecord> {
      const sha256 = digest(key);
      const data = { id: newId(), prefix: key.slice(0, PREFIX_LENGTH), sha256, name, tenantId };
      await db.apiKey.createMany({ data: [data], skipDuplicates: true });
      return toRecord(await db.apiKey.findUniqueOrThrow({ where: { sha256 } }));
    },
    /** The record of a valid key, null for an unknown or revoked one. Notes the use at most once a minute. */
    async verify(key: string): Promise<ApiKeyRecord | null> {
      const row = await db.apiKey.findFirst({ where: { sha256: digest(key), revokedAt: null } });
      if (row === null) return null;
      const now = new Date();
      if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > TOUCH_EVERY_MS) {
        await db.apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } });
      }
      return toRecord(row);
    },
    /** Oldest first. */
    async list(): Promise<ApiKeyRecord[]> {
      const rows = await db.apiKey.findMany({ orderBy: { createdAt: 'asc' } });
      return rows.map(toRecord);
    },
    /** True when this call revoked it. */
    async revoke(id: string): Promise<boolean> {
      const { count } = await db.apiKey.updateMany({
        where: { id, revokedAt: null },
        data: { revokedAt: new Date() },
      });
      return count > 0;
    },
  };
}
