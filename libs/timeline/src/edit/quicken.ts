import type { SourceSpan } from './dead-time';
import type { FilmedAction } from './input.types';

/** A stretch of a take and how many times as fast it is shown. */
export interface PacedSpan extends SourceSpan {
  speed: number;
}

/** Typing that takes longer than this is shown faster, so that it takes about as long, ms. */
export const LONGEST_TYPING_MS = 2400;
/** Faster than this, typing reads as a fault. */
const FASTEST = 3;
/** The click into the field, before the first key, keeps its pace, ms. */
const CLICK_MS = 350;

/** Splits stretches at long typing, which is quickened. What is not typing keeps its pace. */
export function quickened(
  spans: readonly SourceSpan[],
  actions: readonly Pick<FilmedAction, 'action' | 'actMs' | 'endMs'>[],
): PacedSpan[] {
  const typing = actions
    .filter(({ action }) => action.type === 'type')
    .map(({ actMs, endMs }) => ({ fromMs: actMs + CLICK_MS, toMs: endMs }))
    .filter(({ fromMs, toMs }) => toMs - fromMs > LONGEST_TYPING_MS);
  return spans.flatMap((span) => {
    const pieces: PacedSpan[] = [];
    let atMs = span.fromMs;
    for (const { fromMs, toMs } of typing) {
      const [from, to] = [Math.max(fromMs, atMs), Math.min(toMs, span.toMs)];
      if (to - from <= LONGEST_TYPING_MS) continue;
      if (from > atMs) pieces.push({ fromMs: atMs, toMs: from, speed: 1 });
      pieces.push({ fromMs: from, toMs: to, speed: paceOf(to - from) });
      atMs = to;
    }
    if (span.toMs > atMs) pieces.push({ fromMs: atMs, toMs: span.toMs, speed: 1 });
    return pieces;
  });
}

/** In quarters, as an editor would set it. */
const paceOf = (ms: number): number =>
  Math.min(FASTEST, Math.max(1.25, Math.round((ms / LONGEST_TYPING_MS) * 4) / 4));
