import { describe, expect, it } from '@jest/globals';
import { leftMs, stageLines } from './stages';

const now = Date.parse('2026-11-30T07:00:10.000Z');
const since = { stateSince: '2026-11-30T07:00:04.000Z' };
const usual = [
  { stage: 'sandbox', durationMs: 1000 },
  { stage: 'install', durationMs: 3000 },
  { stage: 'explore', durationMs: 4000 },
  { stage: 'plan', durationMs: 6000 },
  { stage: 'film', durationMs: 20_000 },
  { stage: 'export', durationMs: 5000 },
];

describe('the stages of a run', () => {
  it('are over with their time, under way, or to come, and what is left is what an earlier film took', () => {
    const lines = stageLines(
      'planning',
      [
        { stage: 'sandbox', durationMs: 1000 },
        { stage: 'install', durationMs: 2000 },
      ],
      since,
      usual,
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
    expect(leftMs(lines)).toBe(4000 + 20_000 + 5000);
  });

  it('are never late: a stage that takes longer than usual leaves those that follow', () => {
    const late = stageLines('planning', [], since, [{ stage: 'explore', durationMs: 10 }], now);
    expect(leftMs(late)).toBe(0);
  });

  it('a first film has no time that is left, and one that is over has nothing under way', () => {
    expect(leftMs(stageLines('planning', [], since, [], now))).toBeUndefined();
    const timings = [
      { stage: 'film', durationMs: 1 },
      { stage: 'film', durationMs: 2 },
    ];
    const failed = stageLines('failed', timings, since, usual, now);
    expect(failed.map(({ is }) => is)).toEqual(['over', 'over', 'over', 'over', 'later', 'later']);
    expect(failed[3]?.ms).toBe(3);
    const done = stageLines('done', timings, since, usual, now);
    expect(done.every(({ is }) => is === 'over')).toBe(true);
  });
});
