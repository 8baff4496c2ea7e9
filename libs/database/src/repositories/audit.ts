import { newId } from '@showrunner/contracts';
import type { AuditEntry } from '../generated/client';
import type { Db } from '../connection/client';
import { pageQuery, toPage } from '../paging';
import type { Page, PageRequest } from '../paging';

/** One request that may have changed something. */
export interface AuditRecord {
  id: string;
  tenantId: string;
  /** Null: a person did it. */
  apiKeyId: string | null;
  /** Null: it was done with a key. */
  userId: string | null;
  /** By the cookie of a browser that signed in with the key. */
  byBrowser: boolean;
  address: string;
  method: string;
  path: string;
  /** That it was answered with. */
  status: number;
  requestId: string | null;
  createdAt: string;
}
export type NewAuditEntry = Omit<AuditRecord, 'id' | 'createdAt'> & { createdAt: Date };

const toRecord = (row: AuditEntry): AuditRecord => ({ ...row, createdAt: row.createdAt.toISOString() });

/** Who did what. Rows are only ever added, and forgotten by age. */
export function auditRepository(db: Db) {
  return {
    async add(entries: readonly NewAuditEntry[]): Promise<void> {
      await db.auditEntry.createMany({ data: entries.map((entry) => ({ id: newId(), ...entry })) });
    },
    /** Newest first. @throws {InvalidInputError} `bad_cursor` */
    async list(
      filter: { tenantId?: string; apiKeyId?: string; userId?: string },
      page: PageRequest,
    ): Promise<Page<AuditRecord>> {
      const { where, ...order } = pageQuery(page);
      const rows = await db.auditEntry.findMany({ where: { ...filter, ...where }, ...order });
      return toPage(rows, page.limit, toRecord);
    },
    /** How many went. */
    async deleteBefore(moment: Date): Promise<number> {
      return (await db.auditEntry.deleteMany({ where: { createdAt: { lt: moment } } })).count;
    },
  };
}
