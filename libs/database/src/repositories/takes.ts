import { NotFoundError } from '@showrunner/contracts';
import type { Take } from '@showrunner/contracts';
import type { Db } from '../connection/client';
import { fromJson, toJson } from '../json';

/** Takes: raw recordings of sessions. */
export function takesRepository(db: Db) {
  return {
    /** Stores or replaces a take; a later attempt at the same recording knows more. True when it was new. */
    async save(runId: string, take: Take): Promise<boolean> {
      const data = { id: take.takeId, runId, sessionId: take.sessionId, body: toJson(take) };
      const { count } = await db.take.createMany({ data: [data], skipDuplicates: true });
      if (count === 0) await db.take.update({ where: { id: take.takeId }, data: { body: data.body } });
      return count > 0;
    },
    /** In order of their first frame. */
    async list(runId: string): Promise<Take[]> {
      const rows = await db.take.findMany({ where: { runId } });
      return rows.map((row) => fromJson<Take>(row.body)).sort((a, b) => a.startedAtMs - b.startedAtMs);
    },
    /** @throws {NotFoundError} */
    async get(takeId: string): Promise<Take & { runId: string }> {
      const row = await db.take.findFirst({ where: { id: takeId } });
      if (row === null) throw new NotFoundError('take', takeId);
      return { ...fromJson<Take>(row.body), runId: row.runId };
    },
  };
}
