import type { EventType, NewEvent, ShowrunnerEvent } from '@showrunner/contracts';
import type { Outbox } from '../generated/client';
import type { Db } from '../connection/client';
import { fromJson, toJson } from '../json';

/** Which events a reader wants; every field given must match. */
export interface EventFilter {
  tenantId?: string;
  projectId?: string;
  runId?: string;
  types?: readonly EventType[];
}

/** An event with whose it is, which is not for its readers. */
export type OwnedEvent = ShowrunnerEvent & { tenantId: string };

const toEvent = (row: Outbox): OwnedEvent => ({
  id: row.id.toString(),
  type: row.type as EventType,
  tenantId: row.tenantId,
  at: row.createdAt.toISOString(),
  projectId: row.projectId,
  runId: row.runId,
  data: fromJson<Record<string, unknown>>(row.data),
});

const matching = ({ tenantId, projectId, runId, types }: EventFilter) => ({
  tenantId,
  projectId,
  runId,
  type: types === undefined ? undefined : { in: [...types] },
});

/** The outbox: events written in the same transaction as the change they tell of. Ids grow in the order of commit. */
export function outboxRepository(db: Db) {
  return {
    /** Call inside the transaction of the change, as its last statement: writers of events wait for each other until commit. */
    async append(...events: NewEvent[]): Promise<void> {
      if (events.length === 0) return;
      await db.outbox.createMany({ data: events.map((event) => ({ ...event, data: toJson(event.data) })) });
    },
    /** Events after an id, oldest first. */
    async readAfter(afterId: bigint, filter: EventFilter, limit: number): Promise<OwnedEvent[]> {
      const rows = await db.outbox.findMany({
        where: { id: { gt: afterId }, ...matching(filter) },
        orderBy: { id: 'asc' },
        take: limit,
      });
      return rows.map(toEvent);
    },
    /** Id of the newest event (that matches), 0 when there is none. */
    async lastId(filter: EventFilter = {}): Promise<bigint> {
      const row = await db.outbox.findFirst({
        where: matching(filter),
        orderBy: { id: 'desc' },
        select: { id: true },
      });
      return row?.id ?? 0n;
    },
    /** Id of the newest event before an id, 0 when there is none. */
    async idBefore(id: bigint): Promise<bigint> {
      const row = await db.outbox.findFirst({
        where: { id: { lt: id } },
        orderBy: { id: 'desc' },
        select: { id: true },
      });
      return row?.id ?? 0n;
    },
    /**
     * Locks the oldest unpublished events for the rest of the transaction. Answers null when another publisher is at it: one at a time,
     * so that the bus keeps the order.
     */
    async lockUnpublished(limit: number): Promise<OwnedEvent[] | null> {
      const [lock] = await db.$queryRaw<
        { held: boolean }[]
      >`SELECT pg_try_advisory_xact_lock(7310002) AS held`;
      if (lock?.held !== true) return null;
      const ids = await db.$queryRaw<{ id: bigint }[]>`
        SELECT id FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
      if (ids.length === 0) return [];
      const rows = await db.outbox.findMany({
        where: { id: { in: ids.map(({ id }) => id) } },
        orderBy: { id: 'asc' },
      });
      return rows.map(toEvent);
    },
    async markPublished(ids: bigint[]): Promise<void> {
      await db.outbox.updateMany({ where: { id: { in: ids } }, data: { publishedAt: new Date() } });
    },
    /** Forgets published events from before a moment. Answers how many. */
    async deletePublishedBefore(moment: Date): Promise<number> {
      const { count } = await db.outbox.deleteMany({
        where: { publishedAt: { not: null }, createdAt: { lt: moment } },
      });
      return count;
    },
  };
}
