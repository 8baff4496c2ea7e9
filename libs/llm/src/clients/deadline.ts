import { AppError } from '@showrunner/contracts';
import { modelTimeout } from '../failures/model-failure';
import type { CallOptions } from '../model.types';

/**
 * Does work that has to end by a time, or when its signal says so. What counts afterwards is the signal, not the outcome: SDKs make of an
 * aborted request an error of their own, and of an aborted stream an answer that is merely short.
 * @param failure what an error of the work is; called only when nobody asked it to end
 * @throws the signal's reason; {AppError} `model_timeout`
 */
export async function withDeadline<T>(
  model: string,
  { signal, timeoutMs }: CallOptions,
  work: (signal: AbortSignal) => Promise<T>,
  failure: (error: unknown) => AppError,
): Promise<T> {
  signal.throwIfAborted();
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  const either = AbortSignal.any([signal, late.signal]);
  const ended = new Promise<never>((_, reject) => {
    // Work that does not heed its signal is left behind.
    either.addEventListener('abort', () => reject(new Error('ended')), { once: true });
  });
  ended.catch(() => undefined);
  try {
    const result = await Promise.race([work(either), ended]);
    either.throwIfAborted();
    return result;
  } catch (error) {
    signal.throwIfAborted();
    if (late.signal.aborted) throw modelTimeout(model, timeoutMs);
    throw error instanceof AppError ? error : failure(error);
  } finally {
    clearTimeout(timer);
  }
}
