import { expect, it } from '@jest/globals';
import { TimelineSchema } from '@showrunner/timeline';
import { filmCues } from './film-cues';
import { scheduleOf } from './schedule';

it('a cue says what is read first: a caption, or the title where it stands alone, and what cards say', () => {
  const base = { clipId: 'r-c1', takeId: 't' };
  const timeline = TimelineSchema.parse({
    version: 1,
    runId: 'r',
    title: 'Boat shed',
    page: { width: 1280, height: 720 },
    takes: [{ takeId: 't', durationMs: 5000 }],
    items: [
      { kind: 'card', card: 'opening', id: 'o', ...base, atMs: 0, durationMs: 1000, title: 'Boat shed' },
      { kind: 'footage', id: 'f', ...base, inMs: 0, outMs: 5000 },
    ],
    chapters: [{ clipId: 'r-c1', feature: 'find', title: 'Find boats by name' }],
    captions: [
      { id: 'a', startMs: 1000, endMs: 2500, text: '', heading: { title: 'Find boats by name' } },
      { id: 'b', startMs: 2500, endMs: 6000, text: 'Open it' },
    ],
  });
  expect(filmCues(scheduleOf(timeline))).toEqual([
    { startMs: 0, endMs: 1000, text: 'Boat shed' },
    { startMs: 1000, endMs: 2500, text: 'Find boats by name' },
    { startMs: 2500, endMs: 6000, text: 'Open it' },
  ]);
});
