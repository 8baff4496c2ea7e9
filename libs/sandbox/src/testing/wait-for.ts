import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 60_000;

/** Asks until the answer is something. */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await delay(20)) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
  }
  throw new RangeError(`waited in vain for ${what}`);
}
