import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { FilmRunInput, RunningApp, SessionRef, Take } from '@showrunner/contracts';
import { agent, recording, sandbox, sessionActivities } from './activity-options';
import { isNothingRecorded } from './failure';

/** A recorder whose worker died is started again after the heartbeat timeout, and then needs a moment to store its take. */
const RECORDER_NOTICES_LOSS = '45s';

const noop = (): void => undefined;

/** One browser with its recorder. Opened for filming, closed whatever happens. */
export interface FilmSession {
  ref: SessionRef;
  takeId: string;
  activities: ReturnType<typeof sessionActivities>;
  startRecording(): Promise<void>;
  /**
   * Ends the recording and answers the take; undefined when none could be stored. When the session was lost the recorder notices by
   * itself, if need be on another worker, and stores what it has: it is given time before it is told to stop.
   */
  stopRecording(sessionLost: boolean): Promise<Take | undefined>;
  close(): Promise<void>;
}

/** Opens a session on the app, reset to how it was before anybody used it. Both go on side by side. */
export async function openFilmSession(input: FilmRunInput, sessionNumber: number): Promise<FilmSession> {
  const { runId, projectId, buildId, buildSpec, size } = input;
  const reset = sandbox.resetApp.executeWithOptions({ summary: 'reset the app to its first state' }, [
    { ...input.sandbox, buildId, projectId, buildSpec, port: input.app.port },
  ]);
  const open = (app: RunningApp, number: number): Promise<SessionRef> =>
    agent.openSession.executeWithOptions({ summary: `open browser session ${number}` }, [
      { ...input.sandbox, runId, sessionNumber: number, app, size },
    ]);
  const [app, opened] = await Promise.allSettled([reset, open(input.app, sessionNumber)]);
  if (opened.status === 'rejected') throw opened.reason;
  if (app.status === 'rejected') {
    await closeSession(opened.value);
    throw app.reason;
  }
  let ref = opened.value;
  if (app.value.port !== input.app.port || app.value.upstreamHost !== input.app.upstreamHost) {
    await closeSession(ref);
    ref = await open(app.value, sessionNumber + 1000);
  }
  return filmSession(input, ref, sessionNumber);
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

function filmSession(input: FilmRunInput, ref: SessionRef, sessionNumber: number): FilmSession {
  const takeId = `${input.runId}-take-${sessionNumber}`;
  const activities = sessionActivities(ref.taskQueue);
  const recordingScope = new CancellationScope({ cancellable: false });
  let stop: (() => void) | undefined;
  let take: Promise<Take | undefined> | undefined;

  return {
    ref,
    takeId,
    activities,
    async startRecording() {
      // Cancelling the activity is how a recording ends; the scope of its own keeps it alive when the run is cancelled until its take is stored.
      take = recordingScope.run(() =>
        new CancellationScope().run(() => {
          const scope = CancellationScope.current();
          stop = () => scope.cancel();
          return recording.recordTake
            .executeWithOptions({ summary: `record take ${sessionNumber}` }, [
              { runId: input.runId, takeId, sessionId: ref.sessionId, cdpUrl: ref.cdpUrl, size: input.size },
            ])
            .catch((error: unknown) => {
              if (isCancellation(error) || isNothingRecorded(error)) return undefined;
              throw error;
            });
        }),
      );
      // Awaited in stopRecording; without a handler an early failure would fail the workflow task.
      take.catch(noop);
      await activities.awaitRecording.executeWithOptions({ summary: 'wait for the first frame' }, [
        { sessionId: ref.sessionId },
      ]);
    },
    async stopRecording(sessionLost) {
      if (sessionLost && take) await Promise.race([take.then(noop, noop), sleep(RECORDER_NOTICES_LOSS)]);
      stop?.();
      return take;
    },
    close: () => closeSession(ref),
  };
}
