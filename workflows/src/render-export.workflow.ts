import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { RenderExportInput } from '@showrunner/contracts';
import { exporting, state } from './activity-options';
import { failureOf, failWorkflow } from './failure';
import { showState } from './search-attributes';

/** Renders one export; its progress is in the activity's heartbeats and in the export's row. */
export async function renderExport(input: RenderExportInput): Promise<void> {
  const { exportId, runId } = input;
  const record = (
    facts: Omit<Parameters<typeof state.recordExport>[0], 'runId' | 'exportId'>,
  ): Promise<void> => state.recordExport({ runId, exportId, ...facts });
  try {
    await record({ state: 'rendering' });
    const size = `${input.size.width}x${input.size.height}`;
    showState('rendering', `Rendering ${input.clips.length} clips at ${size}`);
    const summary = `render ${input.clips.length} clips at ${size}`;
    const film = await exporting.renderFilm.executeWithOptions({ summary }, [input]);
    await record({ state: 'done', ...film });
    showState('done', `Rendered ${film.storageKey}`);
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(() => record({ state: 'cancelled' }));
      showState('cancelled', 'Cancelled');
      throw error;
    }
    const failure = failureOf(error, 'exporting');
    await CancellationScope.nonCancellable(() => record({ state: 'failed', failure }));
    showState('failed', failure.message);
    failWorkflow(failure);
  }
}
