import { createHash, randomBytes } from 'node:crypto';
import { newId, NotFoundError, RoleSchema } from '@showrunner/contracts';
import type { Role } from '@showrunner/contracts';
import type { Invitation } from '../generated/client';
import type { Db } from '../connection/client';
import { isoOrNull } from '../json';

export interface InvitationRecord {
  id: string;
  tenantId: string;
  role: Role;
  /** For whom alone it is. */
  mail: string | null;
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  acceptedAt: string | null;
}

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');
const toRecord = (row: Invitation): InvitationRecord => ({
  ...{ id: row.id, tenantId: row.tenantId, mail: row.mail },
  role: RoleSchema.parse(row.role),
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  revokedAt: isoOrNull(row.revokedAt),
  acceptedAt: isoOrNull(row.acceptedAt),
});
const good = (sha256: string) => ({
  ...{ sha256, revokedAt: null, acceptedAt: null },
  expiresAt: { gt: new Date() },
  tenant: { deletedAt: null },
});

/** Links by which one person joins a tenant, once, until their end. Only the SHA-256 of a token is stored. */
export function invitationsRepository(db: Db) {
  return {
    /** @returns the token, which is in this answer alone */
    async create(
      tenantId: string,
      { role, mail = null, lastsMs }: { role: Role; mail?: string | null; lastsMs: number },
    ): Promise<InvitationRecord & { token: string }> {
      const token = randomBytes(32).toString('base64url');
      const row = { id: newId(), tenantId, role, mail, sha256: digest(token) };
      const stored = await db.invitation.create({
        data: { ...row, expiresAt: new Date(Date.now() + lastsMs) },
      });
      return { ...toRecord(stored), token };
    },
    /** Of those that still can be accepted. */
    async find(token: string): Promise<InvitationRecord | null> {
      const row = await db.invitation.findFirst({ where: good(digest(token)) });
      return row && toRecord(row);
    },
    /** Uses it up: of two that come at once, one has it. Call in a transaction. */
    async take(token: string): Promise<InvitationRecord | null> {
      const sha256 = digest(token);
      const { count } = await db.invitation.updateMany({
        where: good(sha256),
        data: { acceptedAt: new Date() },
      });
      return count === 0 ? null : toRecord(await db.invitation.findUniqueOrThrow({ where: { sha256 } }));
    },
    /** Newest first, at most 200. */
    async list(tenantId: string): Promise<InvitationRecord[]> {
      const order = { orderBy: { createdAt: 'desc' as const }, take: 200 };
      return (await db.invitation.findMany({ where: { tenantId }, ...order })).map(toRecord);
    },
    /** @throws {NotFoundError} */
    async get(id: string): Promise<InvitationRecord> {
      const row = await db.invitation.findFirst({ where: { id } });
      if (row === null) throw new NotFoundError('invitation', id);
      return toRecord(row);
    },
    /** A second time changes nothing. */
    async revoke(id: string): Promise<void> {
      await db.invitation.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
    },
  };
}
