import { setInterval } from 'node:timers';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AppError,
  SessionLostError,
  storageKeys,
  type RecordingActivities,
  type Take,
} from '@showrunner/contracts';
import { recordScreencast, type ScreencastReport } from '@showrunner/recorder';
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
  /** Number of this attempt, from 1. */
  attempt?: () => number;
}

/** A recording ends by being cancelled, and a cancellation comes with the answer to a heartbeat: the run waits for it. */
const BEAT_MS = 250;

/** Activities of the recording pool. */
export const createRecordingActivities = (deps: RecordingDependencies): RecordingActivities => ({
  recordTake: (input) => recordTake(deps, input),
});

type RecordInput = Parameters<RecordingActivities['recordTake']>[0];

async function recordTake(deps: RecordingDependencies, input: RecordInput): Promise<Take> {
  const { runId, takeId, sessionId, cdpUrl, size } = input;
  const signal = deps.signal();
  const storageKey = storageKeys.take(runId, takeId);
  const folder = join(deps.config.workDir, 'takes', takeId);
  const path = join(folder, 'take.mkv');
  await mkdir(folder, { recursive: true });

  // An earlier attempt that got as far as storing the take left nothing here, but its film is in the store.
  let continued = await TakeSink.continued(path, size);
  const earlier = continued !== null;
  if (!earlier && (await deps.store.head(storageKey)) !== null) {
    await fetchObject(deps.store, storageKey, path);
    continued = await TakeSink.continued(path, size);
  }
  const sink = continued ?? TakeSink.begin(path, size);
  if (!earlier && sink.isNew && (deps.attempt?.() ?? 1) > 1) sink.noteLostBeginning();

  const beat = setInterval(() => {
    deps.heartbeat({ frames: sink.frames });
    sink.touch();
  }, BEAT_MS);
  try {
    const report = sink.wasFinalised ? null : await film(sink, { cdpUrl, size, signal });
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
  sink: TakeSink,
  options: { cdpUrl: string; size: RecordInput['size']; signal: AbortSignal },
): Promise<ScreencastReport | null> {
  try {
    const report = await recordScreencast({ ...options, sink, connectMs: sink.isNew ? 10_000 : 3000 });
    if (sink.frames === 0) throw nothingRecorded();
    return report;
  } catch (error) {
    // The session is gone for good: what was filmed before is the take.
    if (error instanceof SessionLostError && !sink.isNew) return null;
    throw error;
  }
}

function nothingRecorded(): AppError {
  return new AppError('nothing_recorded', 'The browser showed nothing before the recording ended.', {
    remedy: 'Film again.',
  });
}
