import { NotFoundError } from '@showrunner/contracts';
import type { Clip } from '@showrunner/contracts';
import type { Clip as ClipRow } from '../generated/client';
import type { Db } from '../connection/client';

export interface ClipRecord extends Clip {
  runId: string;
}

const toRecord = ({ id, runId, number, feature, takeId, startMs, endMs }: ClipRow): ClipRecord => ({
  ...{ clipId: id, runId, number, feature, takeId, startMs, endMs },
});

const isSame = (row: ClipRow | undefined, clip: Clip): boolean =>
  row?.id === clip.clipId &&
  row.takeId === clip.takeId &&
  row.feature === clip.feature &&
  row.startMs === clip.startMs &&
  row.endMs === clip.endMs;

/** Clips: the verified features, cut out of takes. */
export function clipsRepository(db: Db) {
  const ofRun = (runId: string): Promise<ClipRow[]> =>
    db.clip.findMany({ where: { runId }, orderBy: { number: 'asc' } });
  return {
    /** Stores the clips of a run. False when exactly these were there already. */
    async replaceForRun(runId: string, clips: readonly Clip[]): Promise<boolean> {
      const stored = await ofRun(runId);
      if (stored.length === clips.length && clips.every((clip, index) => isSame(stored[index], clip)))
        return false;
      await db.clip.deleteMany({ where: { runId } });
      await db.clip.createMany({
        data: clips.map(({ clipId, ...clip }) => ({ id: clipId, runId, ...clip })),
      });
      return true;
    },
    /** In film order. */
    async list(runId: string): Promise<ClipRecord[]> {
      return (await ofRun(runId)).map(toRecord);
    },
    /** @throws {NotFoundError} */
    async get(clipId: string): Promise<ClipRecord> {
      const row = await db.clip.findUnique({ where: { id: clipId } });
      if (row === null) throw new NotFoundError('clip', clipId);
      return toRecord(row);
    },
  };
}
