import type { PageSnapshot } from '@showrunner/contracts';
import type { PageObserver } from '../observer/page-observer';
import { pause } from './wait-until';

/** How long a page must look the same to count as at rest, and how long that is waited for, ms. */
export interface Rest {
  quietMs: number;
  maxMs: number;
}

const POLL_MS = 40;

/** A page that answers is often still building: waits until what it shows has stayed the same for a while. Answers the last look at it. */
export const comeToRest = async (
  observer: Pick<PageObserver, 'snapshot'>,
  seen: PageSnapshot,
  { quietMs, maxMs }: Rest,
): Promise<PageSnapshot> => {
  const deadline = Date.now() + maxMs;
  let last = seen;
  let sameSince = Date.now();
  while (Date.now() - sameSince < quietMs && Date.now() < deadline) {
    await pause(POLL_MS);
    const now = await observer.snapshot();
    if (now.fingerprint !== last.fingerprint || now.text !== last.text) sameSince = Date.now();
    last = now;
  }
  return last;
};
