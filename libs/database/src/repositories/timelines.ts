import { Prisma } from '../generated/client';
import type { Timeline } from '../generated/client';
import type { Db } from '../connection/client';
import { fromJson, toJson } from '../json';

/** Changes of which what undoes them is kept. */
const UNDOABLE = 200;

export interface TimelineRecord {
  runId: string;
  /** One more with each change. */
  version: number;
  /** Timeline of libs/timeline, as it was written; who reads it checks its shape. */
  document: unknown;
  createdAt: string;
  updatedAt: string;
}

export interface TimelineChangeRecord {
  /** That it made. */
  version: number;
  kind: 'edit' | 'undo' | 'redo';
  /** What leads back from it is kept. */
  isKept: boolean;
  createdAt: string;
}

export interface NewTimelineChange extends Pick<TimelineChangeRecord, 'kind'> {
  runId: string;
  /** Operations of libs/timeline. */
  operations: unknown[];
  /** By which a write that is repeated knows its own. */
  id: string;
  /** The version that is changed. */
  from: number;
  /** As it is afterwards. */
  document: unknown;
  /** Parts of the document before. */
  inverse: unknown;
}

const toRecord = ({ runId, version, document, createdAt, updatedAt }: Timeline): TimelineRecord => ({
  ...{ runId, version, document: fromJson<unknown>(document) },
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** Timelines of runs: one each, with what changed it. */
export function timelinesRepository(db: Db) {
  const find = async (runId: string): Promise<TimelineRecord | null> => {
    const row = await db.timeline.findFirst({ where: { runId } });
    return row && toRecord(row);
  };
  return {
    find,
    /** Stores the first version. When the run has a timeline already, that one is answered and nothing is stored. */
    async create(runId: string, document: unknown): Promise<TimelineRecord> {
      await db.timeline.createMany({ data: [{ runId, document: toJson(document) }], skipDuplicates: true });
      return toRecord(await db.timeline.findFirstOrThrow({ where: { runId } }));
    },
    /**
     * Moves a timeline on from the version `from`. In a transaction of its caller: two writes belong together.
     * @returns false, with nothing changed, when it is at another version
     */
    async change({
      runId,
      id,
      from,
      kind,
      document,
      operations,
      inverse,
    }: NewTimelineChange): Promise<boolean> {
      const version = from + 1;
      const { count } = await db.timeline.updateMany({
        where: { runId, version: from },
        data: { version, document: toJson(document) },
      });
      if (count === 0) return (await db.timelineChange.count({ where: { runId, version, id } })) > 0;
      const [done, undone] = [toJson(operations), toJson(inverse)];
      await db.timelineChange.createMany({
        data: [{ runId, version, id, kind, operations: done, inverse: undone }],
      });
      await db.timelineChange.updateMany({
        where: { runId, version: version - UNDOABLE },
        data: { inverse: Prisma.DbNull },
      });
      return true;
    },
    /** Oldest first, without what they did. */
    async changes(runId: string): Promise<TimelineChangeRecord[]> {
      const rows = await db.timelineChange.findMany({
        where: { runId },
        orderBy: { version: 'asc' },
        select: { version: true, kind: true, createdAt: true },
      });
      const newest = rows.at(-1)?.version ?? 0;
      return rows.map(({ version, kind, createdAt }) => ({
        ...{ version, kind: kind as TimelineChangeRecord['kind'], isKept: version > newest - UNDOABLE },
        createdAt: createdAt.toISOString(),
      }));
    },
    /** What changes did, by the versions that they made. */
    async operations(runId: string, versions: readonly number[]): Promise<Map<number, unknown[]>> {
      const rows = await db.timelineChange.findMany({
        where: { runId, version: { in: [...versions] } },
        select: { version: true, operations: true },
      });
      return new Map(rows.map(({ version, operations }) => [version, fromJson<unknown[]>(operations)]));
    },
    /** What undoes one change; null when there is no such change, or when it is too old. */
    async inverse(runId: string, version: number): Promise<unknown> {
      const row = await db.timelineChange.findFirst({ where: { runId, version } });
      return fromJson<unknown>(row?.inverse ?? null);
    },
    /** What undoes the changes after a version, the newest first; null of one that is too old. */
    async inversesAfter(runId: string, version: number): Promise<{ version: number; inverse: unknown }[]> {
      const rows = await db.timelineChange.findMany({
        where: { runId, version: { gt: version } },
        orderBy: { version: 'desc' },
        select: { version: true, inverse: true },
      });
      return rows.map((row) => ({ version: row.version, inverse: fromJson<unknown>(row.inverse) }));
    },
  };
}
