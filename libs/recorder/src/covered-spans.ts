import type { Box, CoveredSpan } from '@showrunner/contracts';

/** What was covered from a moment on, and nothing else. */
export interface CoveredChange {
  atMs: number;
  boxes: readonly Box[];
}

/** A film asks where secrets are, not how their fields slid there: what stood for less is left out, ms. */
const SHORTEST_MS = 80;
const MOST = 400;

/**
 * From when until when each place was covered, ms on the take's clock, in order of time. What stays through a change is one span.
 * @param changes Unix epoch, in any order
 */
export function coveredSpans(
  changes: Iterable<CoveredChange>,
  { startedAtMs, durationMs }: { startedAtMs: number; durationMs: number },
): CoveredSpan[] {
  const open = new Map<string, { fromMs: number; box: Box }>();
  const spans: CoveredSpan[] = [];
  const close = (key: string, toMs: number): void => {
    const one = open.get(key);
    open.delete(key);
    if (one !== undefined && toMs - one.fromMs >= SHORTEST_MS) spans.push({ ...one, toMs });
  };
  for (const { atMs, boxes } of [...changes].sort((a, b) => a.atMs - b.atMs)) {
    const now = Math.min(Math.max(0, Math.round(atMs - startedAtMs)), durationMs);
    const keys = new Set(boxes.map((box) => JSON.stringify(box)));
    for (const key of [...open.keys()]) if (!keys.has(key)) close(key, now);
    for (const box of boxes) {
      const key = JSON.stringify(box);
      if (!open.has(key)) open.set(key, { fromMs: now, box });
    }
  }
  for (const key of [...open.keys()]) close(key, durationMs);
  const longest = [...spans].sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs)).slice(0, MOST);
  return longest.sort((a, b) => a.fromMs - b.fromMs);
}
