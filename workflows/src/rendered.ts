import { executeChild } from '@temporalio/workflow';
import { exportIdOf, workflowIds, WORKFLOW_QUEUES } from '@showrunner/contracts';
import type { Clip, DriveSessionInput, ProduceVideoInput, RunState, Take } from '@showrunner/contracts';
import { lookOf } from './film-look';
import { childOptions } from './filmed-app';
import { renderExport } from './render-export.workflow';
import type { TimedStages } from './stages';

/** What was cut, and of which plan. */
export interface Cut {
  planId: string;
  takes: Take[];
  clips: Clip[];
}

/** Renders the film of a run, or of a session that somebody drove, and answers its export's id. */
export async function rendered(
  {
    input,
    stages,
    enter,
  }: {
    input: DriveSessionInput | ProduceVideoInput;
    stages: TimedStages;
    enter(next: RunState, text: string): Promise<void>;
  },
  of: 'run' | 'session',
  { planId, takes, clips }: Cut,
): Promise<string> {
  const { runId, size } = input;
  await enter('exporting', `Rendering ${clips.length} clips`);
  const exportId = exportIdOf(runId);
  await stages.run('export', () =>
    executeChild(renderExport, {
      ...childOptions(input),
      workflowId: workflowIds.export(exportId),
      taskQueue: WORKFLOW_QUEUES.renderExport,
      staticSummary: `export of ${of} ${runId}`,
      args: [{ exportId, runId, planId, takes, clips, size, ...lookOf(input) }],
    }),
  );
  return exportId;
}
