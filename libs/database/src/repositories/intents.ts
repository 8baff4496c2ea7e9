import { NotFoundError } from '@showrunner/contracts';
import type { Intent } from '../generated/client';
import type { Db } from '../connection/client';
import { pageQuery, toPage } from '../paging';
import type { Page, PageRequest } from '../paging';

export interface IntentRecord {
  id: string;
  projectId: string;
  text: string;
  createdAt: string;
}

const toRecord = (row: Intent): IntentRecord => ({
  id: row.id,
  projectId: row.projectId,
  text: row.text,
  createdAt: row.createdAt.toISOString(),
});

/** Intents: what a user wants shown of a project. */
export function intentsRepository(db: Db) {
  const find = async (id: string): Promise<IntentRecord | null> => {
    const row = await db.intent.findFirst({ where: { id } });
    return row && toRecord(row);
  };
  return {
    /** Stores an intent under its id; when it is there already, answers the stored one. */
    async create(intent: { id: string; projectId: string; text: string }): Promise<IntentRecord> {
      await db.intent.createMany({ data: [intent], skipDuplicates: true });
      return toRecord(await db.intent.findUniqueOrThrow({ where: { id: intent.id } }));
    },
    find,
    /** @throws {NotFoundError} */
    async get(id: string): Promise<IntentRecord> {
      const intent = await find(id);
      if (intent === null) throw new NotFoundError('intent', id);
      return intent;
    },
    /** Newest first. */
    async list(page: PageRequest & { projectId?: string }): Promise<Page<IntentRecord>> {
      const { where, ...order } = pageQuery(page);
      const rows = await db.intent.findMany({
        where: { AND: [where, { projectId: page.projectId }] },
        ...order,
      });
      return toPage(rows, page.limit, toRecord);
    },
  };
}
