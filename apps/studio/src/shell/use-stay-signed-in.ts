import { useEffect } from 'react';
import { refresh } from '../api/refresh';

/** Less than access lasts. */
const EVERY_MS = 4 * 60_000;

/** Keeps the access of a person fresh while the studio is open, for what opens by itself: streams, pictures, downloads. */
export function useStaySignedIn(isPerson: boolean): void {
  useEffect(() => {
    if (!isPerson) return undefined;
    // Away for a moment: the next request that needs it tries again.
    const timer = setInterval(() => void refresh(true).catch(() => false), EVERY_MS);
    return () => clearInterval(timer);
  }, [isPerson]);
}
