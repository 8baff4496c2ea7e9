import { createHash, randomBytes } from 'node:crypto';
import { newId, NotFoundError, OWN_PERMISSIONS, PERMISSIONS, roleOf } from '@showrunner/contracts';
import type { Permission, Role } from '@showrunner/contracts';
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
  permissions: Permission[];
  /** That may do exactly this; null: none. */
  role: Role | null;
  createdAt: string;
  /** From when on it is refused; null: never. */
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
}
export interface NewApiKey {
  name: string;
  /** Default `default`. */
  tenantId?: string;
  /** Default: all but those of an operator. */
  permissions?: readonly Permission[];
  expiresAt?: Date;
}

const PREFIX_LENGTH = 10;
const TOUCH_EVERY_MS = 60_000;

const digest = (key: string): string => createHash('sha256').update(key).digest('hex');

/** @param row with which it may be said what its holder may do */
export const toRecord = (row: ApiKey): ApiKeyRecord => {
  const permissions = PERMISSIONS.filter((permission) => row.permissions.includes(permission));
  return {
    id: row.id,
    prefix: row.prefix,
    name: row.name,
    tenantId: row.tenantId,
    permissions,
    role: roleOf(permissions),
    createdAt: row.createdAt.toISOString(),
    expiresAt: isoOrNull(row.expiresAt),
    revokedAt: isoOrNull(row.revokedAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
  };
};

/** A new key: `sk_` and 256 random bits. */
export const newApiKey = (): string => `sk_${randomBytes(32).toString('base64url')}`;

/** What a row must be to open anything now. */
export const valid = () => ({
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
});

/** API keys. Only their SHA-256 is stored: the keys are random, so no slow hash is needed. */
export function apiKeysRepository(db: Db) {
  const store = async (
    key: string,
    data: Omit<NewApiKey, 'expiresAt'> & { isOfSetting?: boolean; expiresAt?: Date },
  ) => {
    const sha256 = digest(key);
    const { permissions = OWN_PERMISSIONS, tenantId = DEFAULT_TENANT, ...rest } = data;
    const row = { id: newId(), prefix: key.slice(0, PREFIX_LENGTH), sha256, tenantId, ...rest };
    await db.apiKey.createMany({ data: [{ ...row, permissions: [...permissions] }], skipDuplicates: true });
    return toRecord(await db.apiKey.findUniqueOrThrow({ where: { sha256 } }));
  };
  return {
    /** Stores a key; when it is known already (also as revoked), answers the stored record. */
    ensure: (key: string, facts: NewApiKey): Promise<ApiKeyRecord> => store(key, facts),
    /**
     * Stores the operator's key that the settings name. Another that they named before is forgotten, so that it opens nothing any more;
     * one that was revoked stays so. Call in a transaction.
     */
    async setOfSetting(key: string): Promise<ApiKeyRecord> {
      const kept = await store(key, { name: 'bootstrap', permissions: PERMISSIONS, isOfSetting: true });
      await db.apiKey.deleteMany({ where: { isOfSetting: true, id: { not: kept.id } } });
      return kept;
    },
    /** The record of a valid key, null for one that is unknown, revoked or at its end. Notes the use at most once a minute. */
    async verify(key: string): Promise<ApiKeyRecord | null> {
      const row = await db.apiKey.findFirst({ where: { sha256: digest(key), ...valid() } });
      if (row === null) return null;
      const now = new Date();
      if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > TOUCH_EVERY_MS) {
        await db.apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } });
      }
      return toRecord(row);
    },
    /** Which of these may still be used. */
    async validOf(ids: readonly string[]): Promise<Set<string>> {
      const rows = await db.apiKey.findMany({
        where: { id: { in: [...ids] }, ...valid() },
        select: { id: true },
      });
      return new Set(rows.map(({ id }) => id));
    },
    /** Oldest first. */
    async list(tenantId?: string): Promise<ApiKeyRecord[]> {
      const rows = await db.apiKey.findMany({ where: { tenantId }, orderBy: { createdAt: 'asc' } });
      return rows.map(toRecord);
    },
    /** @throws {NotFoundError} */
    async get(id: string): Promise<ApiKeyRecord> {
      const row = await db.apiKey.findUnique({ where: { id } });
      if (row === null) throw new NotFoundError('API key', id);
      return toRecord(row);
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
