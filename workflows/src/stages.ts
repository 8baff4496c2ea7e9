import { isCancellation } from '@temporalio/workflow';
import { state } from './activity-options';

export interface TimedStages {
  /** Runs a stage and records how long it took, for the run's report. */
  run<T>(stage: string, work: () => Promise<T>): Promise<T>;
  /** The stage that runs now or ran last. */
  current(): string;
}

/** Times the stages of a run. Without a run (a build of its own) nothing is recorded. */
export function timedStages(runId: string | undefined): TimedStages {
  let current = 'queued';
  return {
    current: () => current,
    async run(stage, work) {
      current = stage;
      const startedAt = Date.now();
      const record = async (): Promise<void> => {
        if (!runId) return;
        const durationMs = Date.now() - startedAt;
        await state.recordStage({ runId, stage, startedAt: new Date(startedAt).toISOString(), durationMs });
      };
      try {
        const value = await work();
        await record();
        return value;
      } catch (error) {
        if (!isCancellation(error)) await record();
        throw error;
      }
    },
  };
}
