import type { PageSnapshot } from '@showrunner/contracts';
import type { PageObserver } from '../observer/page-observer';
import { pause } from './wait-until';

/** How long a page must look the same to count as at rest, and how long that is waited for, ms. */
export interface Rest {
  quietMs: number;
  /** So long is enough when in that time nothing was being loaded either. */
  calmMs?: number;
  maxMs: number;
}

const POLL_MS = 40;

/**
 * A page that answers is often still building: waits until what it shows has stayed the same for a while and nothing slides or fades any
 * more. Answers the last look at it.
 */
export const comeToRest = async (
  observer: Pick<PageObserver, 'snapshot' | 'isMoving' | 'isLoading'>,
  seen: PageSnapshot,
  { quietMs, calmMs = quietMs, maxMs }: Rest,
): Promise<PageSnapshot> => {
  const deadline = Date.now() + maxMs;
  let last = seen;
  let sameSince = Date.now();
  let calmSince = sameSince;
  const isAtRest = (now: number): boolean => now - sameSince >= quietMs || now - calmSince >= calmMs;
  for (let now = Date.now(); !isAtRest(now) && now < deadline; now = Date.now()) {
    await pause(POLL_MS);
    const page = await observer.snapshot();
    const changed = page.fingerprint !== last.fingerprint || page.text !== last.text;
    if (changed || (await observer.isMoving())) sameSince = calmSince = Date.now();
    else if (observer.isLoading) calmSince = Date.now();
    last = page;
  }
  return last;
};
