import { setInterval } from 'node:timers';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, storageKeys, type RecordingActivities, type Take } from '@showrunner/contracts';
import { recordFrames, type RecordFramesOptions, type RecordingReport } from '@showrunner/recorder';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';
import { fetchObject } from '../object-file';
import { storeTakeIndex } from '../stored-take';
import { TakeSink } from './take-sink';

export interface RecordingDependencies {
  store: Pick<ObjectStore, 'put' | 'putFile' | 'head' | 'get'>;
  logger: Logger;
  /** `workDir`: scratch of this worker; takes being filmed lie in `<workDir>/takes/<takeId>`. */
  config: { workDir: string };
  heartbeat: (detail?: unknown) => void;
  signal: () => AbortSignal;
  /** Connects with a session by its id, see `RecordFramesOptions.connect`. */
  connect: (
    sessionId: string,
    onMessage: Parameters<RecordFramesOptions['connect']>[0],
  ) => ReturnType<RecordFramesOptions['connect']>;
  /** Whether the worker of this activity is shutting down; its signal has aborted then, too. */
  isShuttingDown: () => boolean;
}

/** A kill comes with the answer to a heartbeat; and a recorder that dies has filmed until its last beat. */
const BEAT_MS = 250;

/** Activities of the recording pool. */
export const createRecordingActivities = (deps: RecordingDependencies): RecordingActivities => ({
  recordTake: (input) => recordTake(deps, input),
});

const NO_ANSWER = new Set(['session_lost', 'frames_unreachable']);

type RecordInput = Parameters<RecordingActivities['recordTake']>[0];

async function recordTake(deps: RecordingDependencies, input: RecordInput): Promise<Take> {
  const { runId, takeId, sessionId, size } = input;
  const signal = deps.signal();
  const storageKey = storageKeys.take(runId, takeId);
  const folder = join(deps.config.workDir, 'takes', takeId);
  const path = join(folder, 'take.mkv');
  await mkdir(folder, { recursive: true });

  // An earlier attempt that stored the take, or handed it over, left nothing here, but its film is in the store.
  let continued = await TakeSink.continued(path, size);
  if (continued === null && (await deps.store.head(storageKey)) !== null) {
    await fetchObject(deps.store, storageKey, path);
    continued = await TakeSink.continued(path, size, true);
  }
  const sink = continued ?? TakeSink.begin(path, size);

  const beat = setInterval(() => {
    deps.heartbeat({ frames: sink.frames });
    sink.touch();
  }, BEAT_MS);
  try {
    const report = sink.wasFinalised ? null : await film(deps, sink, sessionId, signal);
    if (report?.endedBy === 'abort' && deps.isShuttingDown()) {
      await sink.handOver(report.endedAtMs);
      if (sink.frames > 0) await deps.store.putFile(storageKey, path);
      await rm(folder, { recursive: true, force: true });
      throw handedOver();
    }
    if (report !== null && sink.frames === 0) throw nothingRecorded();
    const { facts, index } = await sink.finalise(report);
    await deps.store.putFile(storageKey, path);
    await storeTakeIndex(deps.store, storageKey, index, path);
    await rm(folder, { recursive: true, force: true });
    deps.logger.info({ runId, takeId, sessionId, ...facts, endedBy: report?.endedBy }, 'The take is stored.');
    return { takeId, sessionId, storageKey, ...size, ...facts };
  } catch (error) {
    await sink.close();
    throw error;
  } finally {
    clearInterval(beat);
  }
}

async function film(
  deps: RecordingDependencies,
  sink: TakeSink,
  sessionId: string,
  signal: AbortSignal,
): Promise<RecordingReport | null> {
  try {
    return await recordFrames({
      connect: (onMessage) => deps.connect(sessionId, onMessage),
      sink,
      signal,
      connectMs: sink.isNew ? 10_000 : 3000,
    });
  } catch (error) {
    // Nobody answers for the session any more: what was filmed before is the take.
    const isGone = error instanceof AppError && NO_ANSWER.has(error.code);
    if (isGone && !sink.isNew) return null;
    throw error;
  }
}

/** Never seen by a user: the next attempt goes on. */
function handedOver(): AppError {
  return new AppError(
    'recording_handed_over',
    'The recorder shuts down; another one goes on with the take.',
    {
      retryable: true,
    },
  );
}

function nothingRecorded(): AppError {
  return new AppError('nothing_recorded', 'The browser showed nothing before the recording ended.', {
    remedy: 'Film again.',
  });
}
