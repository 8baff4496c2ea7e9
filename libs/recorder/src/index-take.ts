import { Worker } from 'node:worker_threads';
import { AppError } from '@showrunner/contracts';
import type { FrameEntry, ParsedTake } from './take-file.types';

/** More than an index of nine hours needs; a file that claims more ends its thread and nothing else. */
const THREAD_HEAP_MB = 512;

type Columns = Record<'tMs' | 'offset', Float64Array> &
  Record<'length', Uint32Array> &
  Record<'width' | 'height', Uint16Array> &
  Record<'changed', Uint8Array>;
type Answer = { facts: Omit<ParsedTake, 'frames'>; columns: Columns } | null;

/**
 * Parses a take file in a thread of its own: the file is read as a whole, and nothing else in this process waits for it. A file that was
 * cut or is damaged gives every frame that is whole before that place.
 * @throws AppError `take_unreadable` when not even the header is whole; the signal's reason
 */
export async function indexTake(path: string, signal?: AbortSignal): Promise<ParsedTake> {
  signal?.throwIfAborted();
  const thread = new Worker(new URL('./index-take.thread.mjs', import.meta.url), {
    workerData: { path },
    resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB },
    // Nothing of the environment is its business, and options of a test run's Node are not for it.
    env: {},
    execArgv: [],
  });
  const stop = (): void => void thread.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', () => reject(signal?.aborted ? signal.reason : unreadable(path)));
    });
    if (answer === null) throw unreadable(path);
    return { ...answer.facts, frames: framesOf(answer.columns) };
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? unreadable(path) : error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

function framesOf(columns: Columns): FrameEntry[] {
  return Array.from(columns.tMs, (tMs, n) => ({
    tMs,
    offset: columns.offset[n] ?? 0,
    length: columns.length[n] ?? 0,
    width: columns.width[n] ?? 0,
    height: columns.height[n] ?? 0,
    changed: columns.changed[n] === 1,
  }));
}

/** Not even the beginning of this file is a take. */
export function unreadable(path: string): AppError {
  return new AppError('take_unreadable', `The recording ${path} ends before its header does.`, {
    remedy: 'Film again: nothing was recorded in this take.',
  });
}
