import { isCancellation } from '@temporalio/workflow';
import { state } from './activity-options';

export interface TimedStages {
  /** Runs a stage and records how long it took, for the run's report. */
  run<T>(stage: string, work: () => Promise<T>): Promise<T>;
  /** From now on stages are recorded apart from those of the same name before: `film 2`. */
  again(): void;
  /** The stage that runs now or ran last. */
  current(): string;
}

/** Times the stages of a run. Without a run (a build of its own) nothing is recorded.
 * `firstRound`: how often these stages are gone through, from 1; a run whose sandbox died goes through them again. */
export function timedStages(runId: string | undefined, firstRound = 1): TimedStages {
  let current = 'queued';
  let round = firstRound;
  return {
    current: () => current,
    again() {
      round += 1;
    },
    async run(stage, work) {
      current = stage;
      const name = round === 1 ? stage : `${stage} ${round}`;
      const startedAt = Date.now();
      const record = async (): Promise<void> => {
        if (!runId) return;
        const durationMs = Date.now() - startedAt;
        await state.recordStage({
          runId,
          stage: name,
          startedAt: new Date(startedAt).toISOString(),
          durationMs,
        });
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
