import { createHash, randomBytes } from 'node:crypto';
import { newId, RoleSchema } from '@showrunner/contracts';
import type { Role } from '@showrunner/contracts';
import type { UserSession } from '../generated/client';
import type { Db } from '../connection/client';
import { toUser } from './users';
import type { UserRecord } from './users';

/** A browser in which a person is signed in, with what he is to the tenant now. */
export interface UserSessionRecord {
  id: string;
  user: UserRecord;
  tenantId: string;
  role: Role;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  /** What it calls itself, and from where it came. */
  browser: string;
  address: string;
}
export interface OpenedSession {
  sessionId: string;
  /** For the next refresh: 256 random bits in base64url. */
  refreshToken: string;
  /** End of the session, however often it is refreshed. */
  expiresAt: string;
}
/** `reused`: the token was used before, so it was stolen from, or by, whom it comes from; its session has ended. */
export type Rotation =
  | ({ kind: 'rotated'; userId: string; tenantId: string } & OpenedSession)
  | { kind: 'reused'; userId: string; tenantId: string }
  | { kind: 'unknown' };

const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const valid = () => ({
  revokedAt: null,
  expiresAt: { gt: new Date() },
  membership: { tenant: { deletedAt: null } },
});
const WITH_USER = { membership: { include: { user: true } } } as const;
const MAX_BROWSER = 200;

/** Sessions of people: each the family of its refresh tokens, of which one is good at a time. Only their SHA-256 is stored. */
export function userSessionsRepository(db: Db) {
  const issue = async (session: UserSession, lastsMs: number): Promise<OpenedSession> => {
    const refreshToken = randomBytes(32).toString('base64url');
    const until = Math.min(Date.now() + lastsMs, session.expiresAt.getTime());
    await db.refreshToken.create({
      data: { sha256: digest(refreshToken), sessionId: session.id, expiresAt: new Date(until) },
    });
    return { sessionId: session.id, refreshToken, expiresAt: session.expiresAt.toISOString() };
  };
  const find = (where: object) =>
    db.userSession.findFirst({ where: { ...where, ...valid() }, include: WITH_USER });
  type Found = NonNullable<Awaited<ReturnType<typeof find>>>;
  const toRecord = ({ membership, ...row }: Found): UserSessionRecord => ({
    ...{ id: row.id, tenantId: row.tenantId, browser: row.browser, address: row.address },
    user: toUser(membership.user),
    role: RoleSchema.parse(membership.role),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  });
  return {
    /** Begins a session; those that are over go. @param times how long it and its next refresh last, ms */
    async open(
      of: { userId: string; tenantId: string; browser: string; address: string },
      times: { sessionMs: number; refreshMs: number },
    ): Promise<OpenedSession> {
      const now = Date.now();
      await db.userSession.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
      const session = await db.userSession.create({
        data: {
          ...of,
          id: newId(),
          browser: of.browser.slice(0, MAX_BROWSER),
          expiresAt: new Date(now + times.sessionMs),
        },
      });
      return issue(session, times.refreshMs);
    },
    /** Uses a refresh token up, for the next one. One that comes twice ends its session. Call in a transaction. */
    async rotate(token: string, { refreshMs }: { refreshMs: number }): Promise<Rotation> {
      const sha256 = digest(token);
      const now = new Date();
      // Of two that come with one token at once, the later one waits here and finds it used.
      const { count } = await db.refreshToken.updateMany({
        where: { sha256, usedAt: null, expiresAt: { gt: now }, session: valid() },
        data: { usedAt: now },
      });
      const known = await db.refreshToken.findUnique({ where: { sha256 }, include: { session: true } });
      if (known === null) return { kind: 'unknown' };
      const { session } = known;
      const { userId, tenantId } = session;
      if (count === 1) {
        await db.userSession.updateMany({ where: { id: session.id }, data: { lastUsedAt: now } });
        return { kind: 'rotated', userId, tenantId, ...(await issue(session, refreshMs)) };
      }
      if (known.usedAt === null || session.revokedAt !== null) return { kind: 'unknown' };
      await db.userSession.updateMany({ where: { id: session.id }, data: { revokedAt: now } });
      return { kind: 'reused', userId, tenantId };
    },
    /** Null when it has ended, or its membership or tenant has. */
    async find(id: string): Promise<UserSessionRecord | null> {
      const row = await find({ id });
      return row && toRecord(row);
    },
    /** Which of these go on. */
    async validOf(ids: readonly string[]): Promise<Set<string>> {
      const rows = await db.userSession.findMany({
        where: { id: { in: [...ids] }, ...valid() },
        select: { id: true },
      });
      return new Set(rows.map(({ id }) => id));
    },
    /** Those of a person that go on, newest first. */
    async list(userId: string): Promise<UserSessionRecord[]> {
      const rows = await db.userSession.findMany({
        where: { userId, ...valid() },
        include: WITH_USER,
        orderBy: { createdAt: 'desc' },
        take: 200,
      });
      return rows.map(toRecord);
    },
    /** A second time changes nothing. */
    async revoke(id: string): Promise<void> {
      await db.userSession.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
    },
    /** Everywhere, perhaps but for one. */
    async revokeAll(userId: string, exceptId?: string): Promise<void> {
      await db.userSession.updateMany({
        where: { userId, revokedAt: null, ...(exceptId === undefined ? {} : { id: { not: exceptId } }) },
        data: { revokedAt: new Date() },
      });
    },
  };
}
