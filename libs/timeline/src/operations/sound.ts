import { InvalidInputError } from '@showrunner/contracts';
import { durationOf } from '../document/placements';
import { FPS, type Span } from '../document/primitives';
import type { Timeline } from '../document/timeline';

export const refuse = (message: string): InvalidInputError =>
  new InvalidInputError('bad_operation', message, {
    remedy: 'Read the timeline again: what it holds, and how long it is.',
  });

/** What a shape alone does not say: pictures are of the takes, names are one thing's, captions and zooms follow each other. */
export function problemsOf(timeline: Timeline): string[] {
  const { items, takes, captions, callouts, zooms, blurs } = timeline;
  const lengths = new Map(takes.map(({ takeId, durationMs }) => [takeId, durationMs]));
  const ids = [...items, ...captions, ...callouts, ...zooms, ...blurs].map(({ id }) => id);
  const filmMs = durationOf(timeline);
  return [
    ...(new Set(ids).size === ids.length ? [] : ['Two things have the same id.']),
    ...items.flatMap((item) => {
      const length = lengths.get(item.takeId);
      if (length === undefined) return [`The take of "${item.id}" is not there.`];
      const [from, to] = item.kind === 'footage' ? [item.inMs, item.outMs] : [item.atMs, item.atMs];
      if (item.kind === 'footage' && to <= from) return [`"${item.id}" ends before it begins.`];
      return to > length + TOLERANCE_MS
        ? [`"${item.id}" reaches beyond its take, which is ${length} ms long.`]
        : [];
    }),
    ...[...captions, ...callouts, ...zooms, ...blurs].flatMap((one) => spanProblems(one, filmMs)),
    ...overlaps(captions, 'captions'),
    ...overlaps(zooms, 'zooms'),
  ];
}

/** @throws InvalidInputError `bad_operation` with the first problem */
export function assertSound(timeline: Timeline): void {
  const [problem] = problemsOf(timeline);
  if (problem !== undefined) throw refuse(problem);
}

/** Times of takes and films are rounded at their edges. */
const TOLERANCE_MS = 1000 / FPS;

function spanProblems({ id, startMs, endMs }: Span & { id: string }, filmMs: number): string[] {
  if (endMs <= startMs) return [`"${id}" ends before it begins.`];
  return endMs > filmMs + TOLERANCE_MS
    ? [`"${id}" reaches beyond the film, which is ${Math.round(filmMs)} ms long.`]
    : [];
}

function overlaps(all: readonly (Span & { id: string })[], what: string): string[] {
  const sorted = [...all].sort((a, b) => a.startMs - b.startMs);
  return sorted.flatMap((one, n) => {
    const next = sorted[n + 1];
    return next !== undefined && next.startMs < one.endMs - 1
      ? [`The ${what} "${one.id}" and "${next.id}" overlap.`]
      : [];
  });
}
