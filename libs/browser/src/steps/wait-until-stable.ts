import type { PageSnapshot } from '@showrunner/contracts';
import { steadyFingerprint } from '../observer/fingerprint';
import type { PageObserver } from '../observer/page-observer';
import { pause } from './wait-until';

/** How long a page must look the same to count as stable, and how long that is waited for, ms. */
export interface Stability {
  stableMs: number;
  /** So long is enough when in that time nothing was being loaded either. */
  idleMs?: number;
  maxMs: number;
}

const POLL_MS = 40;

/**
 * A page that answers is often still building: waits until what it shows has stayed the same for a while and nothing slides or fades any
 * more. What changes by itself is not waited for. Answers the last look at it.
 */
export const waitUntilStable = async (
  observer: Pick<PageObserver, 'snapshot' | 'isMoving' | 'isLoading'>,
  seen: PageSnapshot,
  { stableMs, idleMs = stableMs, maxMs }: Stability,
): Promise<PageSnapshot> => {
  const deadline = Date.now() + maxMs;
  let last = seen;
  let sameSince = Date.now();
  let idleSince = sameSince;
  const isStable = (now: number): boolean => now - sameSince >= stableMs || now - idleSince >= idleMs;
  for (let now = Date.now(); !isStable(now) && now < deadline; now = Date.now()) {
    await pause(POLL_MS);
    const page = await observer.snapshot();
    const changed = steadyFingerprint(page) !== steadyFingerprint(last);
    if (changed || (await observer.isMoving())) sameSince = idleSince = Date.now();
    else if (observer.isLoading) idleSince = Date.now();
    last = page;
  }
  return last;
};
