import { ApplicationFailure, CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { takeIdOf } from '@showrunner/contracts';
import type { FilmRunInput, RunningApp, SessionRef, Take } from '@showrunner/contracts';
import { agent, recording, sandbox, sessionActivities } from './activity-options';
import { failWorkflow, isNothingRecorded } from './failure';

/** A recorder whose worker died is started again after the heartbeat timeout, and then needs a moment to store its take. */
const RECORDER_NOTICES = '45s';

/** How often a session waits, ten seconds each time, for a recorder: all may be busy. */
const RECORDER_WAITS = 30;
const NO_RECORDER = {
  code: 'no_recorder',
  message: 'No recording worker took the film within five minutes.',
  stage: 'filming',
  remedy: 'Start more workers of the pool "recording", and see that they reach the agent workers.',
};

/** How a recording ends: the session tells the recorder, or the recorder notices that its session is lost. */
export type RecordingEnd = 'told' | 'sessionLost';

const noop = (): void => undefined;

/** One browser with its recorder. Opened for filming, closed whatever happens. */
export interface FilmSession {
  ref: SessionRef;
  takeId: string;
  activities: ReturnType<typeof sessionActivities>;
  /**
   * Starts to record, and the clock of the take: from here on what the session does has a time.
   * @param isStopped asked while no recorder is free
   */
  startRecording(isStopped: () => boolean): Promise<void>;
  /**
   * Ends the recording and answers the take; undefined when none could be stored. A recorder that was told, or lost its session, is given
   * time to store what it has, if need be on another worker.
   */
  stopRecording(end: RecordingEnd): Promise<Take | undefined>;
  close(): Promise<void>;
  /** Ends recording and browser at once; `stopRecording` then answers what the recorder had. */
  kill(): Promise<void>;
}

/** Opens a session on the app, reset to how it was before anybody used it. Both go on side by side. */
export async function openFilmSession(input: FilmRunInput, number: number): Promise<FilmSession> {
  const { runId, projectId, buildId, buildSpec, size } = input;
  const reset = sandbox.resetApp.executeWithOptions({ summary: 'reset the app to its first state' }, [
    { ...input.sandbox, buildId, projectId, buildSpec, port: input.app.port },
  ]);
  const open = (app: RunningApp, opening: number): Promise<SessionRef> =>
    agent.openSession.executeWithOptions({ summary: `open browser session ${number}` }, [
      { ...input.sandbox, runId, session: { film: input.film, number, opening }, app, size },
    ]);
  const [app, opened] = await Promise.allSettled([reset, open(input.app, 1)]);
  if (opened.status === 'rejected') throw opened.reason;
  if (app.status === 'rejected') {
    await closeSession(opened.value);
    throw app.reason;
  }
  let ref = opened.value;
  if (app.value.port !== input.app.port || app.value.upstreamHost !== input.app.upstreamHost) {
    await closeSession(ref);
    ref = await open(app.value, 2);
  }
  return filmSession(input, ref, number);
}

async function closeSession(ref: SessionRef): Promise<void> {
  try {
    await CancellationScope.nonCancellable(() =>
      sessionActivities(ref.taskQueue).closeSession.executeWithOptions(
        { summary: 'close the browser session' },
        [{ sessionId: ref.sessionId }],
      ),
    );
  } catch {
    // The worker that held the browser is gone, and its browser died with it.
  }
}

/** @param number of the sessions of its film */
export function filmSession(
  input: Pick<FilmRunInput, 'runId' | 'size'>,
  ref: SessionRef,
  number: number,
): FilmSession {
  const takeId = takeIdOf(ref.sessionId);
  const activities = sessionActivities(ref.taskQueue);
  // A scope of its own: the recording goes on when the run is cancelled, until its take is stored.
  const recordingScope = new CancellationScope({ cancellable: false });
  let endNow: () => void = noop;
  let take: Promise<Take | undefined> | undefined;
  let isTakeSettled = false;
  let hasBegun = false;
  let isKilled = false;

  const record = (): Promise<Take | undefined> =>
    new CancellationScope().run(() => {
      const scope = CancellationScope.current();
      endNow = () => scope.cancel();
      return recording.recordTake
        .executeWithOptions({ summary: `record take ${number}` }, [
          { runId: input.runId, takeId, sessionId: ref.sessionId, size: input.size },
        ])
        .catch((error: unknown) => {
          if (isCancellation(error) || isNothingRecorded(error)) return undefined;
          throw error;
        })
        .finally(() => (isTakeSettled = true));
    });

  return {
    ref,
    takeId,
    activities,
    async startRecording(isStopped) {
      take = recordingScope.run(record);
      // Awaited in stopRecording; without a handler an early failure would fail the workflow task.
      take.catch(noop);
      for (let waits = 1; !isStopped(); waits += 1) {
        const { firstFrameSeen } = await activities.awaitRecording.executeWithOptions(
          { summary: 'wait for the first frame' },
          [{ sessionId: ref.sessionId }],
        );
        hasBegun = firstFrameSeen;
        if (hasBegun) return;
        // Its recorder has given up: there will be no take of this session. Where it says why, that is the failure of the film.
        if (isTakeSettled) {
          await take;
          throw ApplicationFailure.nonRetryable('The recorder lost the session.', 'session_lost');
        }
        if (waits === RECORDER_WAITS) failWorkflow(NO_RECORDER);
      }
    },
    async stopRecording(end) {
      if (!take) return undefined;
      if (hasBegun) {
        if (end === 'told' && !isKilled) await tellRecorder(ref);
        await Promise.race([take.then(noop, noop), sleep(RECORDER_NOTICES)]);
      }
      // A recorder that has nothing, or does not answer.
      endNow();
      return take;
    },
    close: () => closeSession(ref),
    async kill() {
      isKilled = true;
      endNow();
      await closeSession(ref);
    },
  };
}

async function tellRecorder(ref: SessionRef): Promise<void> {
  try {
    await sessionActivities(ref.taskQueue).stopRecording.executeWithOptions(
      { summary: 'end the recording' },
      [{ sessionId: ref.sessionId }],
    );
  } catch {
    // The session is lost in this moment: the recorder notices that by itself.
  }
}
