const MAX_MINUTES = 365 * 24 * 60;

/** Whole minutes, never later than asked for where that is more than one. */
export function autoStopMinutes(backstopAt: Date, now = Date.now()): number {
  return Math.min(MAX_MINUTES, Math.max(1, Math.floor((backstopAt.getTime() - now) / 60_000)));
}
