import { describe, expect, it } from '@jest/globals';
import { dueRuns } from './due-runs';
import type { SizedRun } from './due-runs';

const DAY = 86_400_000;
const NOW = Date.parse('2026-06-01T00:00:00Z');
const run = (id: string, days: number, more: Partial<SizedRun> = {}): SizedRun => ({
  ...{ id, projectId: 'p', tenantId: 't', state: 'done', exports: [], builds: [], bytes: 10 },
  finishedAt: new Date(NOW - days * DAY),
  ...more,
});
const due = (runs: SizedRun[], limits: { days?: number; bytes?: number }) =>
  dueRuns(
    [...runs].sort((a, b) => a.finishedAt.getTime() - b.finishedAt.getTime()),
    { runsKeptDays: limits.days ?? 1000, runsKeptBytes: limits.bytes ?? 1e9 },
    NOW,
  ).map(({ runId }) => runId);

describe('runs that go', () => {
  it('by age: older ones, but never the newest film of a project', () => {
    const runs = [run('a', 100), run('b', 95), run('c', 99, { projectId: 'q' }), run('d', 5)];
    expect(due(runs, { days: 90 })).toEqual(['a', 'b']);
  });

  it('by age: a failed run is no film that stays', () => {
    expect(due([run('a', 95), run('b', 93, { state: 'failed' })], { days: 90 })).toEqual(['b']);
  });

  it('by size: the oldest first, newest films of their projects last', () => {
    const runs = [run('a', 30), run('b', 20, { projectId: 'q' }), run('c', 10), run('d', 5)];
    expect(due(runs, { bytes: 30 })).toEqual(['a']);
    expect(due(runs, { bytes: 20 })).toEqual(['a', 'c']);
    expect(due(runs, { bytes: 10 })).toEqual(['a', 'c', 'b']);
  });

  it('by size: what just ended stays, and what takes nothing is not taken for nothing', () => {
    expect(due([run('a', 0, { bytes: 99 })], { bytes: 10 })).toEqual([]);
    expect(due([run('a', 9, { bytes: 0 }), run('b', 8), run('c', 7)], { bytes: 10 })).toEqual(['b']);
  });

  it('say why', () => {
    const [first] = dueRuns([run('a', 95), run('b', 1)], { runsKeptDays: 90, runsKeptBytes: 1e9 }, NOW);
    expect(first).toMatchObject({ runId: 'a', bytes: 10, reason: 'It ended more than 90 days ago.' });
    const [second] = dueRuns([run('a', 9), run('b', 1)], { runsKeptDays: 90, runsKeptBytes: 15 }, NOW);
    expect(second?.reason).toMatch(/All runs together take more than/);
  });
});
