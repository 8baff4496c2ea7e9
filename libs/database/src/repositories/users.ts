import { newId, NotFoundError } from '@showrunner/contracts';
import type { User } from '../generated/client';
import type { Db } from '../connection/client';

/** A person, without what signs him in. */
export interface UserRecord {
  id: string;
  /** In small letters; null: a guest, or who comes by OpenID Connect without one. */
  mail: string | null;
  name: string;
  isGuest: boolean;
  hasPassword: boolean;
}
/** `scrypt$…`, null: not by password. */
export type UserWithPassword = UserRecord & { passwordHash: string | null };
export interface NewUser {
  mail?: string;
  name?: string;
  passwordHash?: string;
  isGuest?: boolean;
}

export const toUser = ({ id, mail, name, isGuest, passwordHash }: User): UserRecord => ({
  ...{ id, mail, name, isGuest },
  hasPassword: passwordHash !== null,
});
const withPassword = (row: User): UserWithPassword => ({ ...toUser(row), passwordHash: row.passwordHash });

const unseenGuest = (moment: Date) => ({
  isGuest: true,
  createdAt: { lt: moment },
  memberships: { none: { sessions: { some: { lastUsedAt: { gte: moment } } } } },
});

/** People. A mail address stands for one of them at most, in small letters. */
export function usersRepository(db: Db) {
  return {
    /** Null when the mail address is another's. */
    async create(user: NewUser): Promise<UserRecord | null> {
      const id = newId();
      const { count } = await db.user.createMany({ data: [{ id, ...user }], skipDuplicates: true });
      return count === 0 ? null : toUser(await db.user.findUniqueOrThrow({ where: { id } }));
    },
    /** @throws {NotFoundError} */
    async get(id: string): Promise<UserWithPassword> {
      const row = await db.user.findUnique({ where: { id } });
      if (row === null) throw new NotFoundError('user', id);
      return withPassword(row);
    },
    async findByMail(mail: string): Promise<UserWithPassword | null> {
      const row = await db.user.findUnique({ where: { mail } });
      return row && withPassword(row);
    },
    /** A guest becomes somebody. False when he is none any more, or the mail address is another's. */
    async claim(
      id: string,
      { mail = null, name, passwordHash }: Omit<NewUser, 'isGuest' | 'mail'> & { mail?: string | null },
    ): Promise<boolean> {
      if (mail !== null && (await db.user.count({ where: { mail, id: { not: id } } })) > 0) return false;
      const data = { mail, name, passwordHash, isGuest: false };
      return (await db.user.updateMany({ where: { id, isGuest: true }, data })).count === 1;
    },
    async setPassword(id: string, passwordHash: string): Promise<void> {
      await db.user.updateMany({ where: { id }, data: { passwordHash } });
    },
    /** With his identities, memberships and sessions. A second time changes nothing. */
    async delete(id: string): Promise<void> {
      await db.user.deleteMany({ where: { id } });
    },
    /** Guests whom nobody has claimed, and who were not seen since a moment; oldest first. */
    async guestsBefore(moment: Date, limit: number): Promise<string[]> {
      const rows = await db.user.findMany({
        where: unseenGuest(moment),
        orderBy: { createdAt: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    /** Whether somebody is such a guest. Locks him, so that nobody claims him before the end of the transaction. */
    async isGuestBefore(id: string, moment: Date): Promise<boolean> {
      await db.$queryRaw`SELECT 1 FROM users WHERE id = ${id} FOR UPDATE`;
      return (await db.user.count({ where: { id, ...unseenGuest(moment) } })) === 1;
    },
  };
}
