import { filmCaptions } from './film-captions';
import type { FilmedAction, Timeline } from './timeline.types';
import type { Cue } from './webvtt';

/** Everything there is to read in the film, in order: the opening title, each feature's title, and the steps' captions. */
export function filmCues(timeline: Timeline, actions: FilmedAction[]): Cue[] {
  const cards = timeline.segments.flatMap((segment): Cue[] => {
    const chapter = timeline.chapters.find(({ clipId }) => clipId === segment.clipId);
    if (segment.kind === 'opening') return [{ ...times(segment), text: timeline.title }];
    return segment.kind === 'title' && chapter !== undefined
      ? [{ ...times(segment), text: chapter.title }]
      : [];
  });
  return [
    ...cards,
    ...filmCaptions(timeline, actions).map((caption) => ({
      ...times(caption),
      text: caption.text === '' ? (caption.heading?.title ?? '') : caption.text,
    })),
  ].sort((a, b) => a.startMs - b.startMs);
}

const times = ({ startMs, endMs }: { startMs: number; endMs: number }): Pick<Cue, 'startMs' | 'endMs'> => ({
  startMs,
  endMs,
});
