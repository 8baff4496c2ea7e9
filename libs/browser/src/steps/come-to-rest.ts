import type { PageSnapshot } from '@showrunner/contracts';
import type { PageObserver } from '../observer/page-observer';
import { pause } from './wait-until';

/** How long a page must look the same to count as at rest, and how long that is waited for, ms. */
export interface Rest {
  quietMs: number;
  maxMs: number;
}

const POLL_MS = 40;

/**
 * A page that answers is often still building: waits until what it shows has stayed the same for a while and nothing slides or fades any
 * more. Answers the last look at it.
 */
export const comeToRest = async (
  observer: Pick<PageObserver, 'snapshot' | 'isMoving'>,
  seen: PageSnapshot,
  { quietMs, maxMs }: Rest,
): Promise<PageSnapshot> => {
  const deadline = Date.now() + maxMs;
  let last = seen;
  let sameSince = Date.now();
  while (Date.now() - sameSince < quietMs && Date.now() < deadline) {
    await pause(POLL_MS);
    const now = await observer.snapshot();
    const changed = now.fingerprint !== last.fingerprint || now.text !== last.text;
    if (changed || (await observer.isMoving())) sameSince = Date.now();
    last = now;
  }
  return last;
};
