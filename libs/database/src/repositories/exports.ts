import { NotFoundError, TERMINAL_EXPORT_STATES } from '@showrunner/contracts';
import type { ExportFile, ExportOutput, ExportState, FilmCheck, RunFailure } from '@showrunner/contracts';
import type { Export } from '../generated/client';
import type { Db } from '../connection/client';
import { fromJson, isoOrNull, toJson } from '../json';

export interface ExportRecord {
  id: string;
  runId: string;
  state: ExportState;
  /** 0 to 1. */
  progress: number;
  storageKey: string | null;
  captionsKey: string | null;
  durationMs: number | null;
  bytes: number | null;
  width: number | null;
  height: number | null;
  output: ExportOutput | null;
  files: ExportFile[];
  checks: FilmCheck[] | null;
  notes: string[];
  failure: RunFailure | null;
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
    output: ExportOutput;
    files: ExportFile[];
    checks: FilmCheck[];
    notes: string[];
    failure: RunFailure;
  }>;

const toRecord = ({ tenantId: _, ...row }: Export): ExportRecord => ({
  ...row,
  state: row.state as ExportRecord['state'],
  bytes: row.bytes === null ? null : Number(row.bytes),
  output: fromJson<ExportOutput | null>(row.output),
  files: fromJson<ExportFile[] | null>(row.files) ?? [],
  checks: fromJson<FilmCheck[] | null>(row.checks),
  notes: fromJson<string[] | null>(row.notes) ?? [],
  failure: fromJson<RunFailure | null>(row.failure),
  createdAt: row.createdAt.toISOString(),
  finishedAt: isoOrNull(row.finishedAt),
});

const jsonOf = (value: unknown): ReturnType<typeof toJson> | undefined =>
  value === undefined ? undefined : toJson(value);

/** Exports: rendered films. */
export function exportsRepository(db: Db) {
  return {
    /** Stores or moves on an export; one that is done or cancelled stays so. True when the state changed. */
    async save({ id, runId, state, ...change }: ExportChange): Promise<boolean> {
      const { bytes, failure, output, files, checks, notes, ...facts } = change;
      const finishedAt = TERMINAL_EXPORT_STATES.includes(state) ? new Date() : null;
      const data = {
        ...facts,
        state,
        output: jsonOf(output),
        files: jsonOf(files),
        checks: jsonOf(checks),
        notes: jsonOf(notes),
        failure: jsonOf(failure),
        bytes: bytes === undefined ? undefined : BigInt(bytes),
        finishedAt,
        progress: state === 'done' ? 1 : undefined,
      };
      const { count } = await db.export.createMany({ data: [{ id, runId, ...data }], skipDuplicates: true });
      if (count > 0) return true;
      const updated = await db.export.updateMany({
        where: { id, state: { notIn: ['done', 'cancelled', state] } },
        data,
      });
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
    async find(id: string): Promise<ExportRecord | null> {
      const row = await db.export.findFirst({ where: { id } });
      return row === null ? null : toRecord(row);
    },
    /** Oldest first. */
    async listUnfinished(): Promise<ExportRecord[]> {
      const rows = await db.export.findMany({
        where: { state: { notIn: [...TERMINAL_EXPORT_STATES] } },
        orderBy: { createdAt: 'asc' },
      });
      return rows.map(toRecord);
    },
    /** @throws {NotFoundError} */
    async get(id: string): Promise<ExportRecord> {
      const row = await db.export.findFirst({ where: { id } });
      if (row === null) throw new NotFoundError('export', id);
      return toRecord(row);
    },
    /** The film of a run: the first that was rendered, which is nearly always the run's own; later ones have ids for those who ask for them. */
    async filmOfRun(runId: string): Promise<ExportRecord | null> {
      const row = await db.export.findFirst({
        where: { runId, state: 'done' },
        orderBy: { createdAt: 'asc' },
      });
      return row === null ? null : toRecord(row);
    },
    /** Newest first. */
    async listByRun(runId: string): Promise<ExportRecord[]> {
      const rows = await db.export.findMany({ where: { runId }, orderBy: { createdAt: 'desc' } });
      return rows.map(toRecord);
    },
  };
}
