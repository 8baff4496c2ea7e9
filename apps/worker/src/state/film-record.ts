import { clipOfRun } from '@showrunner/contracts';
import type { Clip, StateActivities } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';

type FilmRecordActivities = Pick<
  StateActivities,
  'recordAction' | 'recordMilestone' | 'recordTakes' | 'recordExport'
>;

/** What filming leaves: actions, milestones, takes, exports. Each write and its event are one transaction. */
export function filmRecordActivities(database: Database): FilmRecordActivities {
  return {
    async recordAction({ runId, film, sessionId, takeId, record }) {
      await database.transaction(async (tx) => {
        const { projectId } = await tx.runs.get(runId);
        if (!(await tx.actions.append({ runId, film, sessionId, takeId, record }))) return;
        await tx.outbox.append({
          type: 'AGENT_ACTION',
          projectId,
          runId,
          data: { film, sessionId, takeId, action: record },
        });
      });
    },

    async recordMilestone({ runId, milestone }) {
      await database.transaction(async (tx) => {
        const { projectId } = await tx.runs.get(runId);
        if (!(await tx.milestones.append(runId, milestone))) return;
        await tx.outbox.append({ type: 'FEATURE_MILESTONE', projectId, runId, data: { ...milestone } });
      });
    },

    async recordTakes({ runId, takes }) {
      await database.transaction(async (tx) => {
        const { projectId } = await tx.runs.get(runId);
        const added = [];
        for (const take of takes) if (await tx.takes.save(runId, take)) added.push(take);
        await tx.outbox.append(
          ...added.map((take) => ({ type: 'RECORDING_READY' as const, projectId, runId, data: { take } })),
        );
      });
    },

    async recordExport({ runId, exportId, ...facts }) {
      await database.transaction(async (tx) => {
        const { projectId } = await tx.runs.get(runId);
        if (!(await tx.exports.save({ id: exportId, runId, ...facts }))) return;
        await tx.outbox.append({
          type: facts.state === 'done' ? 'EXPORT_READY' : 'EXPORT_PROGRESS',
          projectId,
          runId,
          data: { exportId, ...facts },
        });
      });
    },
  };
}

/** Stores the clips of a run in film order and tells of them, once. Called by the segmentation activity. */
export async function recordClips(
  database: Database,
  { runId, clips }: { runId: string; clips: Clip[] },
): Promise<void> {
  await database.transaction(async (tx) => {
    const { projectId } = await tx.runs.get(runId);
    if (!(await tx.clips.replaceForRun(runId, clips))) return;
    await tx.outbox.append({
      type: 'CLIPS_GENERATED',
      projectId,
      runId,
      data: { clips: clips.map(clipOfRun) },
    });
  });
}

/** Moves an export's progress forward, 0 to 1, and tells of it. Called while rendering. */
export async function recordExportProgress(
  database: Database,
  { runId, exportId, progress }: { runId: string; exportId: string; progress: number },
): Promise<void> {
  await database.transaction(async (tx) => {
    const { projectId } = await tx.runs.get(runId);
    if (!(await tx.exports.setProgress(exportId, progress))) return;
    await tx.outbox.append({ type: 'EXPORT_PROGRESS', projectId, runId, data: { exportId, progress } });
  });
}
