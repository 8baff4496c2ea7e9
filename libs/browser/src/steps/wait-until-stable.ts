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
  /** It counts from the last change or input, which may lie before: nobody watches how long it is shown. */
  unwatched?: true;
}

const POLL_MS = 40;
const LOADING_POLL_MS = 8;

type Observed = Pick<PageObserver, 'snapshot' | 'isMoving' | 'isLoading' | 'whenQuiet'>;

/**
 * A page that answers is often still building: waits until what it shows has stayed the same for a while and nothing slides or fades any
 * more. What changes by itself is not waited for. Answers the last look at it.
 */
export const waitUntilStable = async (
  observer: Observed,
  seen: PageSnapshot,
  stability: Stability,
): Promise<PageSnapshot> => {
  const { stableMs, idleMs = stableMs, maxMs } = stability;
  const deadline = Date.now() + maxMs;
  const quiet = stability.unwatched && (await quietLook(observer, stability, deadline));
  if (quiet) return quiet;
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

/** The page as soon as it says itself that it is at rest; undefined when it does not. */
async function quietLook(
  observer: Observed,
  { stableMs, idleMs = stableMs }: Stability,
  deadline: number,
): Promise<PageSnapshot | undefined> {
  const isAwaited = idleMs < stableMs;
  const longest = Math.min(deadline, Date.now() + stableMs);
  for (;;) {
    while (isAwaited && observer.isLoading && Date.now() < longest) await pause(LOADING_POLL_MS);
    const isBusy = isAwaited && observer.isLoading;
    const left = Math.max(0, deadline - Date.now());
    if (!(await observer.whenQuiet(isBusy ? stableMs : idleMs, left))) return undefined;
    // What it has begun to load meanwhile is waited for, too.
    if (isBusy || !isAwaited || !observer.isLoading) return observer.snapshot();
  }
}
