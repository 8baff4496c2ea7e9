import { describe, expect, it } from '@jest/globals';
import { stageLines } from './stages';

const now = Date.parse('2026-11-30T07:00:10.000Z');
const since = { stateSince: '2026-11-30T07:00:04.000Z' };
describe('the stages of a run', () => {
  it('are over with their time, under way, or to come', () => {
    const lines = stageLines(
      'planning',
      [
        { stage: 'sandbox', durationMs: 1000 },
        { stage: 'install', durationMs: 2000 },
      ],
      since,
      now,
    );
    expect(lines.map(({ state, is, ms }) => [state, is, ms])).toEqual([
      ['queued', 'over', undefined],
      ['building', 'over', 3000],
      ['planning', 'now', 6000],
      ['filming', 'later', undefined],
      ['segmenting', 'later', undefined],
      ['exporting', 'later', undefined],
    ]);
  });

  it('one that is over has nothing under way', () => {
    const timings = [
      { stage: 'film', durationMs: 1 },
      { stage: 'film', durationMs: 2 },
    ];
    const failed = stageLines('failed', timings, since, now);
    expect(failed.map(({ is }) => is)).toEqual(['over', 'over', 'over', 'over', 'later', 'later']);
    expect(failed[3]?.ms).toBe(3);
    const done = stageLines('done', timings, since, now);
    expect(done.every(({ is }) => is === 'over')).toBe(true);
  });
});
