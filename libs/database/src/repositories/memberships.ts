import { AppError, NotFoundError, RoleSchema } from '@showrunner/contracts';
import type { Role } from '@showrunner/contracts';
import type { Membership } from '../generated/client';
import type { Db } from '../connection/client';

/** What a person is to a tenant. */
export interface MembershipRecord {
  tenantId: string;
  role: Role;
  createdAt: string;
}
export interface MemberRecord extends MembershipRecord {
  userId: string;
  mail: string | null;
  name: string;
}

/** Who may give roles: without one of these nobody looks after a tenant. */
const OWNING = ['owner', 'operator'];

const toRecord = ({ tenantId, role, createdAt }: Membership): MembershipRecord => ({
  tenantId,
  role: RoleSchema.parse(role),
  createdAt: createdAt.toISOString(),
});

/** Memberships of tenants that are there. Sessions in a tenant end with the membership, and when its role changes. */
export function membershipsRepository(db: Db) {
  /** @throws {NotFoundError} */
  const get = async (tenantId: string, userId: string): Promise<Membership> => {
    const row = await db.membership.findFirst({ where: { tenantId, userId } });
    if (row === null) throw new NotFoundError('member', userId);
    return row;
  };
  /** Locks the tenant's memberships, so that two owners do not leave at once. @throws {AppError} `last_owner` (409) */
  const requireOtherOwner = async (tenantId: string, userId: string): Promise<void> => {
    await db.$queryRaw`SELECT 1 FROM memberships WHERE tenant_id = ${tenantId} FOR UPDATE`;
    const others = { tenantId, userId: { not: userId } };
    if ((await db.membership.count({ where: others })) === 0) return;
    if ((await db.membership.count({ where: { ...others, role: { in: OWNING } } })) > 0) return;
    throw new AppError('last_owner', `Nobody else owns "${tenantId}", and others work in it.`);
  };
  return {
    /** A higher role than before is taken, a lower one is not: joining twice takes nothing away. */
    async add(tenantId: string, userId: string, role: Role): Promise<void> {
      const { count } = await db.membership.createMany({
        data: [{ tenantId, userId, role }],
        skipDuplicates: true,
      });
      if (count > 0) return;
      const roles = RoleSchema.options;
      const lower = roles.slice(0, roles.indexOf(role));
      await db.membership.updateMany({ where: { tenantId, userId, role: { in: lower } }, data: { role } });
    },
    /** Tenants of a person, oldest membership first. */
    async ofUser(userId: string): Promise<MembershipRecord[]> {
      const where = { userId, tenant: { deletedAt: null } };
      return (
        await db.membership.findMany({ where, orderBy: [{ createdAt: 'asc' }, { tenantId: 'asc' }] })
      ).map(toRecord);
    },
    /** People of a tenant, oldest membership first. */
    async ofTenant(tenantId: string): Promise<MemberRecord[]> {
      const rows = await db.membership.findMany({
        where: { tenantId },
        include: { user: true },
        orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
      });
      return rows.map(({ user, ...row }) => ({
        ...toRecord(row),
        userId: user.id,
        mail: user.mail,
        name: user.name,
      }));
    },
    get: async (tenantId: string, userId: string): Promise<MembershipRecord> =>
      toRecord(await get(tenantId, userId)),
    /**
     * His sessions in the tenant end: what he may do counts from his next sign-in. Call in a transaction.
     * @throws {NotFoundError} @throws {AppError} `last_owner` (409)
     */
    async setRole(tenantId: string, userId: string, role: Role): Promise<void> {
      const before = await get(tenantId, userId);
      if (before.role === role) return;
      if (!OWNING.includes(role)) await requireOtherOwner(tenantId, userId);
      await db.membership.updateMany({ where: { tenantId, userId }, data: { role } });
      await db.userSession.updateMany({
        where: { tenantId, userId, revokedAt: null },
        data: { revokedAt: new Date() },
      });
    },
    /** Call in a transaction. @throws {NotFoundError} @throws {AppError} `last_owner` (409) */
    async remove(tenantId: string, userId: string): Promise<void> {
      await get(tenantId, userId);
      await requireOtherOwner(tenantId, userId);
      await db.membership.deleteMany({ where: { tenantId, userId } });
    },
    /** Tenants that were made for this person and have no other: they go with him. */
    async ownedAlone(userId: string): Promise<string[]> {
      const rows = await db.membership.findMany({
        where: { userId, tenant: { isPersonal: true, deletedAt: null, memberships: { every: { userId } } } },
        select: { tenantId: true },
      });
      return rows.map(({ tenantId }) => tenantId);
    },
  };
}
