import { NotFoundError } from '@showrunner/contracts';
import type { Export } from '../generated/client';
import type { Db } from '../connection/client';
import { isoOrNull } from '../json';

export interface ExportRecord {
  id: string;
  runId: string;
  state: 'rendering' | 'done' | 'failed';
  /** 0 to 1. */
  progress: number;
  storageKey: string | null;
  captionsKey: string | null;
  durationMs: number | null;
  bytes: number | null;
  width: number | null;
  height: number | null;
  createdAt: string;
  finishedAt: string | null;
}

export type ExportChange = Pick<ExportRecord, 'id' | 'runId' | 'state'> &
  Partial<{
    storageKey: string;
    captionsKey: string;
    durationMs: number;
    bytes: number;
    width: number;
    height: number;
  }>;

const toRecord = (row: Export): ExportRecord => ({
  ...row,
  state: row.state as ExportRecord['state'],
  bytes: row.bytes === null ? null : Number(row.bytes),
  createdAt: row.createdAt.toISOString(),
  finishedAt: isoOrNull(row.finishedAt),
});

/** Exports: rendered films. */
export function exportsRepository(db: Db) {
  return {
    /** Stores or moves on an export; one that is done stays done. True when the state changed. */
    async save({ id, runId, state, bytes, ...facts }: ExportChange): Promise<boolean> {
      const finishedAt = state === 'rendering' ? null : new Date();
      const data = {
        ...facts,
        state,
        bytes: bytes === undefined ? undefined : BigInt(bytes),
        finishedAt,
        progress: state === 'done' ? 1 : undefined,
      };
      const { count } = await db.export.createMany({ data: [{ id, runId, ...data }], skipDuplicates: true });
      if (count > 0) return true;
      const updated = await db.export.updateMany({ where: { id, state: { notIn: ['done', state] } }, data });
      return updated.count > 0;
    },
    /** Moves progress forward, 0 to 1, while rendering. True when it grew. */
    async setProgress(id: string, progress: number): Promise<boolean> {
      const { count } = await db.export.updateMany({
        where: { id, state: 'rendering', progress: { lt: progress } },
        data: { progress },
      });
      return count > 0;
    },
    /** @throws {NotFoundError} */
    async get(id: string): Promise<ExportRecord> {
      const row = await db.export.findFirst({ where: { id } });
      if (row === null) throw new NotFoundError('export', id);
      return toRecord(row);
    },
    /** Newest first. */
    async listByRun(runId: string): Promise<ExportRecord[]> {
      const rows = await db.export.findMany({ where: { runId }, orderBy: { createdAt: 'desc' } });
      return rows.map(toRecord);
    },
  };
}
