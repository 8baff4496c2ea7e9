import type { Db } from '../connection/client';

/** Sessions: browsers of a run, and where the worker is reached that holds each. */
export function sessionsRepository(db: Db) {
  return {
    /**
     * Notes where a session was opened. One that is opened again, elsewhere, is there.
     * @param session `workerAddress`: `http://<host>:<port>`, without any credential
     */
    async open(session: { sessionId: string; runId: string; workerAddress: string }): Promise<void> {
      const { sessionId: id, runId, workerAddress } = session;
      await db.session.upsert({
        where: { id },
        create: { id, runId, workerAddress },
        update: { workerAddress },
      });
    },
    /** The session that was opened last for a run, and where; null before one was. */
    async newestOf(runId: string): Promise<{ sessionId: string; workerAddress: string } | null> {
      const row = await db.session.findFirst({
        where: { runId, workerAddress: { not: null } },
        orderBy: { createdAt: 'desc' },
      });
      return row?.workerAddress == null ? null : { sessionId: row.id, workerAddress: row.workerAddress };
    },
    /** Null when no worker has opened such a session. */
    async addressOf(sessionId: string): Promise<string | null> {
      const row = await db.session.findUnique({ where: { id: sessionId } });
      return row?.workerAddress ?? null;
    },
  };
}
