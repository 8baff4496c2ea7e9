import { isCancellation } from '@temporalio/workflow';
import { state } from './activity-options';

export interface TimedStages {
  /** Runs a stage and records how long it took, for the run's report. */
  run<T>(stage: string, work: () => Promise<T>): Promise<T>;
  /** From now on stages belong to the next film. */
  nextFilm(): void;
  /** The stage that runs now or ran last. */
  current(): string;
}

/** Times the stages of a run. Without a run (a build of its own) nothing is recorded.
 * `firstFilm`: which film of the run they belong to, from 1; a run whose sandbox died goes through them again. */
export function timedStages(runId: string | undefined, firstFilm = 1): TimedStages {
  let current = 'queued';
  let film = firstFilm;
  return {
    current: () => current,
    nextFilm() {
      film += 1;
    },
    async run(stage, work) {
      current = stage;
      const filmOfStage = film;
      const startedAt = Date.now();
      const record = async (): Promise<void> => {
        if (!runId) return;
        const durationMs = Date.now() - startedAt;
        await state.recordStage({
          runId,
          stage,
          film: filmOfStage,
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
