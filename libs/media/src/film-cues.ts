import type { Schedule } from './schedule.types';
import type { Cue } from './webvtt';

/** Everything there is to read in the film, in order: what cards say, and captions. */
export function filmCues({ segments, timeline }: Schedule): Cue[] {
  const cards = segments.flatMap(({ startMs, endMs, card }): Cue[] =>
    card === undefined ? [] : [{ startMs, endMs, text: card.title }],
  );
  const captions = timeline.captions.map(({ startMs, endMs, text, heading }) => ({
    ...{ startMs, endMs },
    text: text === '' ? (heading?.title ?? '') : text,
  }));
  return [...cards, ...captions].sort((a, b) => a.startMs - b.startMs);
}
