import type { Db } from '../connection/client';

/** Whom OpenID Connect issuers vouch for: an issuer's subject is one person for ever, whatever its mail address becomes. */
export function identitiesRepository(db: Db) {
  return {
    /** The id of the person; null: nobody here. */
    async find(issuer: string, subject: string): Promise<string | null> {
      const row = await db.identity.findUnique({ where: { issuer_subject: { issuer, subject } } });
      return row?.userId ?? null;
    },
    /** From now on it is this person. Answers whose it is: another's stays so. */
    async add(issuer: string, subject: string, userId: string): Promise<string> {
      await db.identity.createMany({ data: [{ issuer, subject, userId }], skipDuplicates: true });
      const row = await db.identity.findUniqueOrThrow({ where: { issuer_subject: { issuer, subject } } });
      return row.userId;
    },
  };
}
