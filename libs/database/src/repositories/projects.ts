import { NotFoundError } from '@showrunner/contracts';
import type { Source } from '@showrunner/contracts';
import type { Project } from '../generated/client';
import type { Db } from '../connection/client';
import { fromJson, toJson } from '../json';
import { placeOfToken } from '../secrets/environments';
import type { SecretBox } from '../secrets/secret-box';
import { pageQuery, toPage } from '../paging';
import type { Page, PageRequest } from '../paging';

export interface ProjectRecord {
  id: string;
  name: string;
  source: Source;
  /** ISO 8601. */
  createdAt: string;
}

const toRecord = (row: Project): ProjectRecord => ({
  id: row.id,
  name: row.name,
  source: fromJson<Source>(row.source),
  createdAt: row.createdAt.toISOString(),
});

/** Projects: what is to be filmed. Deleted ones are kept for their runs and plans, and are no longer found. */
export function projectsRepository(db: Db, box: SecretBox) {
  const find = async (id: string): Promise<ProjectRecord | null> => {
    const row = await db.project.findFirst({ where: { id, deletedAt: null } });
    return row && toRecord(row);
  };
  return {
    /** Stores a project under its id; when it is there already, answers the stored one. */
    async create(project: {
      id: string;
      /** Default `default`. */
      tenantId?: string;
      name: string;
      source: Source;
      /** Of a private repository; sealed. */
      sourceToken?: string;
    }): Promise<ProjectRecord> {
      const { sourceToken, ...plain } = project;
      const { id } = plain;
      const sourceTokenSealed =
        sourceToken === undefined ? undefined : box.seal(sourceToken, placeOfToken(id));
      const data = { ...plain, source: toJson(plain.source), sourceTokenSealed };
      await db.project.createMany({ data: [data], skipDuplicates: true });
      return toRecord(await db.project.findUniqueOrThrow({ where: { id } }));
    },
    find,
    /** Files that were written take the place of the prompt that they were written for. */
    async setSource(id: string, source: Source): Promise<void> {
      await db.project.updateMany({ where: { id, deletedAt: null }, data: { source: toJson(source) } });
    },
    /** The token of its repository; null when it has none. For the fetch alone. */
    async openSourceToken(id: string): Promise<string | null> {
      const row = await db.project.findFirst({ where: { id }, select: { sourceTokenSealed: true } });
      return row?.sourceTokenSealed == null ? null : box.open(row.sourceTokenSealed, placeOfToken(id));
    },
    /** @throws {NotFoundError} */
    async get(id: string): Promise<ProjectRecord> {
      const project = await find(id);
      if (project === null) throw new NotFoundError('project', id);
      return project;
    },
    /** Newest first. */
    async list(page: PageRequest): Promise<Page<ProjectRecord>> {
      const { where, ...order } = pageQuery(page);
      const rows = await db.project.findMany({ where: { AND: [where, { deletedAt: null }] }, ...order });
      return toPage(rows, page.limit, toRecord);
    },
    /** As an earlier release deleted: its runs stay until they are deleted themselves. True when this call deleted it. */
    async markDeleted(id: string): Promise<boolean> {
      const { count } = await db.project.updateMany({
        where: { id, deletedAt: null },
        data: { deletedAt: new Date() },
      });
      return count > 0;
    },
  };
}
