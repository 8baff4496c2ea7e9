import { CancellationScope } from '@temporalio/workflow';
import type { RenderExportInput } from '@showrunner/contracts';
import { exporting, state } from './activity-options';
import { failureOf, failWorkflow } from './failure';

/** Renders one export; its progress is in the activity's heartbeats and in the export's row. */
export async function renderExport(input: RenderExportInput): Promise<void> {
  const { exportId, runId } = input;
  await state.recordExport({ runId, exportId, state: 'rendering' });
  try {
    const summary = `render ${input.clips.length} clips at ${input.size.width}x${input.size.height}`;
    const video = await exporting.renderFilm.executeWithOptions({ summary }, [input]);
    const { storageKey, durationMs, bytes, width, height } = video;
    await state.recordExport({
      runId,
      exportId,
      state: 'done',
      storageKey,
      durationMs,
      bytes,
      width,
      height,
    });
  } catch (error) {
    await CancellationScope.nonCancellable(() => state.recordExport({ runId, exportId, state: 'failed' }));
    failWorkflow(failureOf(error, 'exporting'));
  }
}
