import { describe, expect, it } from '@jest/globals';
import { afterProgress, NOT_BEGUN, progressOf, usualTimes } from './run-progress';
import type { ProgressFacts, UsualTimes } from './run-progress';

const T0 = Date.parse('2026-11-30T10:00:00.000Z');
const state = (name: string, seconds: number) => ({
  type: 'RUN_STATE' as const,
  at: new Date(T0 + seconds * 1000).toISOString(),
  data: { state: name },
});
const done = { type: 'AGENT_ACTION' as const, at: '', data: { action: { result: 'succeeded' } } };
const failed = { type: 'AGENT_ACTION' as const, at: '', data: { action: { result: 'failed' } } };
const rendered = (progress: unknown) => ({ type: 'EXPORT_PROGRESS' as const, at: '', data: { progress } });
const after = (...events: Parameters<typeof afterProgress>[1][]): ProgressFacts =>
  events.reduce(afterProgress, NOT_BEGUN);
const USUAL: UsualTimes = {
  building: 10_000,
  planning: 20_000,
  filming: 40_000,
  segmenting: 0,
  exporting: 30_000,
};
const at = (seconds: number, plannedSteps?: number) => ({ nowMs: T0 + seconds * 1000, plannedSteps });

describe('how far a run is', () => {
  it('is nothing while it waits, with all of its time ahead', () => {
    expect(progressOf(NOT_BEGUN, USUAL, at(50))).toEqual({ share: 0, etaMs: 100_000 });
  });

  it('follows the clock where nothing can be counted, and never says that a stage is over', () => {
    const planning = after(state('building', 0), state('planning', 8));
    expect(progressOf(planning, USUAL, at(13))).toEqual({ share: 0.15, etaMs: 15_000 + 70_000 });
    expect(progressOf(planning, USUAL, at(500))).toEqual({ share: 0.294, etaMs: 70_000 });
  });

  it('counts the steps of the plan, and what they took tells what the others will take', () => {
    const filming = after(state('filming', 30), done, failed, done);
    expect(progressOf(filming, USUAL, at(40, 8))).toEqual({ share: 0.4, etaMs: 30_000 + 30_000 });
    expect(progressOf(after(state('filming', 30), done), USUAL, at(40, 100)).etaMs).toBe(60_000);
  });

  it('counts what is rendered, whatever an event says', () => {
    const exporting = after(state('exporting', 70), rendered(0.25), rendered('x'), rendered(-1));
    expect(progressOf(exporting, USUAL, at(80))).toEqual({ share: 0.775, etaMs: 30_000 });
    expect(progressOf(after(state('exporting', 70), rendered(7)), USUAL, at(80)).share).toBeLessThan(1);
  });

  it('begins again with a film that begins again', () => {
    const again = after(state('filming', 30), done, done, state('building', 60));
    expect(progressOf(again, USUAL, at(65, 2))).toEqual({ share: 0.05, etaMs: 95_000 });
  });

  it('has no end that could be told before anything was filmed here', () => {
    const { share, etaMs } = progressOf(after(state('planning', 0)), {}, at(5));
    expect(etaMs).toBeNull();
    expect(share).toBeGreaterThan(0.1);
  });

  it('is all of it at the end, however that came', () => {
    for (const name of ['done', 'failed', 'cancelled', 'killed'])
      expect(progressOf(after(state(name, 1)), USUAL, at(2))).toEqual({ share: 1, etaMs: 0 });
  });

  it('never goes back within a film, and stays within 0 and 1', () => {
    let facts = NOT_BEGUN;
    let last = 0;
    const events = [
      ...[state('building', 0), state('planning', 11), state('filming', 29), done, done, done, done],
      ...[state('segmenting', 80), state('exporting', 81), rendered(0.5), rendered(1), state('done', 99)],
    ];
    events.forEach((event, index) => {
      facts = afterProgress(facts, event);
      const { share } = progressOf(facts, USUAL, at(index * 9, 4));
      expect(share).toBeGreaterThanOrEqual(last - 1e-9);
      expect(share).toBeLessThanOrEqual(1);
      last = share;
    });
    expect(last).toBe(1);
  });
});

describe('what runs usually take', () => {
  it('is the median of each state, whose stages are taken together', () => {
    const run = (install: number, film: number) => [
      ...[
        { stage: 'source', durationMs: 1000 },
        { stage: 'install', durationMs: install },
      ],
      ...[
        { stage: 'film', durationMs: film },
        { stage: 'unheard of', durationMs: 9e9 },
      ],
    ];
    expect(usualTimes([run(2000, 30_000), run(90_000, 10_000), run(4000, 20_000)])).toEqual({
      building: 5000,
      filming: 20_000,
    });
    expect(usualTimes([])).toEqual({});
  });
});
