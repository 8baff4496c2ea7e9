import { NotFoundError } from '@showrunner/contracts';
import type { Share } from '../generated/client';
import type { Db } from '../connection/client';
import { isoOrNull } from '../json';

export interface ShareRecord {
  id: string;
  runId: string;
  tenantId: string;
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
}

const toRecord = (row: Share): ShareRecord => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  revokedAt: isoOrNull(row.revokedAt),
});

const MOST_LISTED = 1_000;

/** Links to the films of runs; they go with their run. */
export function sharesRepository(db: Db) {
  return {
    async create(share: { id: string; runId: string; expiresAt: Date }): Promise<ShareRecord> {
      return toRecord(await db.share.create({ data: share }));
    },
    async find(id: string): Promise<ShareRecord | null> {
      const row = await db.share.findFirst({ where: { id } });
      return row && toRecord(row);
    },
    /** Of one run, newest first, those that ended too. */
    async list(runId: string): Promise<ShareRecord[]> {
      const rows = await db.share.findMany({
        where: { runId },
        orderBy: { createdAt: 'desc' },
        take: MOST_LISTED,
      });
      return rows.map(toRecord);
    },
    /** A second time changes nothing. @throws {NotFoundError} when the run has no such link */
    async revoke(runId: string, id: string): Promise<void> {
      const { count } = await db.share.updateMany({
        where: { id, runId, revokedAt: null },
        data: { revokedAt: new Date() },
      });
      if (count === 0 && (await db.share.count({ where: { id, runId } })) === 0)
        throw new NotFoundError('share', id);
    },
  };
}
