import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is true; false when `timeoutMs` passed or the signal was given first. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  options: { timeoutMs: number; everyMs?: number; signal?: AbortSignal },
): Promise<boolean> {
  const deadline = performance.now() + options.timeoutMs;
  while (!options.signal?.aborted) {
    if (await condition()) return true;
    if (performance.now() >= deadline) return false;
    await delay(options.everyMs ?? 50);
  }
  return false;
}
