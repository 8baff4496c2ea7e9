import type { FilmedAction } from './input.types';

/** Stillness up to this long stays as it was filmed, ms. */
export const LONGEST_STILLNESS_MS = 1200;
/** What remains of a longer one: half of it at either end, ms. */
const REMAINING_MS = 600;

/** A stretch of a take, ms since its first frame. */
export interface SourceSpan {
  fromMs: number;
  toMs: number;
}

/**
 * What remains of `span` when dead time is taken out: stretches in which no picture changes and no action is under way. An action is
 * protected from its still moment to its seen result, so that nothing is cut between the two.
 */
export function keptFootage(
  span: SourceSpan,
  changes: number[],
  actions: Pick<FilmedAction, 'startMs' | 'endMs'>[],
): SourceSpan[] {
  const busy = [
    { fromMs: span.fromMs, toMs: span.fromMs },
    { fromMs: span.toMs, toMs: span.toMs },
    ...changes.map((at) => ({ fromMs: at, toMs: at })),
    ...actions.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs })),
  ]
    .filter(({ fromMs, toMs }) => toMs >= span.fromMs && fromMs <= span.toMs)
    .sort((a, b) => a.fromMs - b.fromMs);

  const kept: SourceSpan[] = [];
  let from = span.fromMs;
  let busyUntil = span.fromMs;
  for (const stretch of busy) {
    if (stretch.fromMs - busyUntil > LONGEST_STILLNESS_MS) {
      kept.push({ fromMs: from, toMs: busyUntil + REMAINING_MS / 2 });
      from = stretch.fromMs - REMAINING_MS / 2;
    }
    busyUntil = Math.max(busyUntil, stretch.toMs);
  }
  kept.push({ fromMs: from, toMs: span.toMs });
  return kept;
}
