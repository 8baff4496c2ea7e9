import { NotFoundError } from '@showrunner/contracts';
import type { Clip as ClipOfRun } from '@showrunner/contracts';
import type { Clip } from '../generated/client';
import type { Db } from '../connection/client';

export interface ClipRecord extends ClipOfRun {
  runId: string;
  takeId: string;
}

const toRecord = (row: Clip): ClipRecord => ({
  clip_id: row.clipId,
  feature: row.feature,
  start: row.startSeconds,
  end: row.endSeconds,
  runId: row.runId,
  takeId: row.takeId,
});

/** Clips: the proven features, cut out of takes. */
export function clipsRepository(db: Db) {
  return {
    /** Stores the clips of a run in film order, with the take each lies in. False when exactly these were there already. */
    async replaceForRun(
      runId: string,
      clips: ClipOfRun[],
      clipTakes: Record<string, string>,
    ): Promise<boolean> {
      const data = clips.map((clip, position) => ({
        runId,
        clipId: clip.clip_id,
        takeId: clipTakes[clip.clip_id] ?? '',
        feature: clip.feature,
        position,
        startSeconds: clip.start,
        endSeconds: clip.end,
      }));
      const stored = await db.clip.findMany({ where: { runId }, orderBy: { position: 'asc' } });
      const sameAsStored =
        stored.length === data.length &&
        data.every((clip, index) => {
          const row = stored[index];
          return (
            row?.clipId === clip.clipId &&
            row.takeId === clip.takeId &&
            row.startSeconds === clip.startSeconds &&
            row.endSeconds === clip.endSeconds
          );
        });
      if (sameAsStored) return false;
      await db.clip.deleteMany({ where: { runId } });
      await db.clip.createMany({ data });
      return true;
    },
    /** In film order. */
    async list(runId: string): Promise<ClipRecord[]> {
      const rows = await db.clip.findMany({ where: { runId }, orderBy: { position: 'asc' } });
      return rows.map(toRecord);
    },
    /** The newest clip of this id. @throws {NotFoundError} */
    async get(clipId: string): Promise<ClipRecord> {
      const row = await db.clip.findFirst({ where: { clipId }, orderBy: { createdAt: 'desc' } });
      if (row === null) throw new NotFoundError('clip', clipId);
      return toRecord(row);
    },
  };
}
