import type { ActionRecord } from '@showrunner/contracts';
import type { Db } from '../connection/client';
import { fromJson, toJson } from '../json';

export interface StoredAction {
  /** Which film of the run. */
  film: number;
  sessionId: string;
  takeId: string;
  /** Times in ms since the first frame of the take. */
  record: ActionRecord;
}

/** Actions: what was done in the browser. Append-only; the first record of (run, session, seq) stands. */
export function actionsRepository(db: Db) {
  return {
    /** Stores an action and, with the first of a session, the session. False when it was there already. */
    async append(action: { runId: string } & StoredAction): Promise<boolean> {
      const { runId, film, sessionId, takeId, record } = action;
      await db.session.createMany({ data: [{ id: sessionId, runId, takeId }], skipDuplicates: true });
      const { count } = await db.action.createMany({
        data: [
          { runId, film, sessionId, takeId, seq: record.seq, feature: record.feature, body: toJson(record) },
        ],
        skipDuplicates: true,
      });
      return count > 0;
    },
    /** In the order of execution, over all films of the run, and numbered so: `seq` is 0-based within the run. */
    async list(runId: string): Promise<StoredAction[]> {
      const rows = await db.action.findMany({
        where: { runId },
        orderBy: [{ film: 'asc' }, { seq: 'asc' }, { createdAt: 'asc' }],
      });
      return rows.map((row, seq) => ({
        film: row.film,
        sessionId: row.sessionId,
        takeId: row.takeId,
        record: { ...fromJson<ActionRecord>(row.body), seq },
      }));
    },
  };
}
