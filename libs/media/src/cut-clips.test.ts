import { describe, expect, test } from '@jest/globals';
import type { Milestone, Take } from '@showrunner/contracts';
import fc from 'fast-check';
import { cutClips } from './cut-clips';

const take = (takeId: string, startedAtMs: number, durationMs = 60_000): Take => ({
  takeId, startedAtMs, durationMs, sessionId: 's', storageKey: 'k', width: 1280, height: 720,
  framesPresented: 0, framesCaptured: 0, framesLost: 0, largestGapMs: 0, gaps: [],
}); // prettier-ignore
const at = (feature: string, kind: Milestone['kind'], atMs: number): Milestone => ({ feature, kind, atMs });

describe('cutClips', () => {
  test('a clip runs from the start of a feature to its success, in ms of its take', () => {
    const milestones = [at('login', 'started', 0), at('login', 'succeeded', 12_400)];
    expect(
      cutClips({ runId: 'r', takes: [take('t1', 10_000)], featureTakes: { login: 't1' }, milestones }),
    ).toEqual({
      clips: [{ clipId: 'r-c1', number: 1, feature: 'login', takeId: 't1', startMs: 0, endMs: 12_400 }],
      dropped: [],
    });
  });

  test('a failed feature gets no clip, and one that was filmed again begins at its last start', () => {
    const milestones = [
      at('a', 'started', 1000), at('a', 'failed', 2000),
      at('b', 'started', 3000), at('b', 'started', 1000), at('b', 'succeeded', 5000),
    ]; // prettier-ignore
    const { clips } = cutClips({
      runId: 'r',
      takes: [take('t1', 0, 30_000), take('t2', 60_000)],
      featureTakes: { a: 't1', b: 't2' },
      milestones,
    });
    expect(clips).toEqual([
      { clipId: 'r-c1', number: 1, feature: 'b', takeId: 't2', startMs: 1000, endMs: 5000 },
    ]);
  });

  test('a feature whose take is missing or does not reach that far is dropped with a reason', () => {
    const milestones = [
      at('a', 'started', 0), at('a', 'succeeded', 900),
      at('b', 'started', 70_000), at('b', 'succeeded', 80_000),
    ]; // prettier-ignore
    const { clips, dropped } = cutClips({
      runId: 'r',
      takes: [take('t1', 0)],
      featureTakes: { a: 'gone', b: 't1' },
      milestones,
    });
    expect(clips).toEqual([]);
    expect(dropped.map(({ feature }) => feature)).toEqual(['a', 'b']);
  });

  test('every clip lies within its take, whatever the milestones', () => {
    const kinds = fc.constantFrom<Milestone['kind']>('started', 'succeeded', 'failed');
    const milestone = fc.record({
      feature: fc.constantFrom('a', 'b', 'c'),
      kind: kinds,
      atMs: fc.integer({ min: 0, max: 100_000 }),
    });
    fc.assert(
      fc.property(fc.array(milestone), (milestones) => {
        const { clips } = cutClips({
          runId: 'r',
          takes: [take('t', 5000, 50_000)],
          featureTakes: { a: 't', b: 't', c: 't' },
          milestones,
        });
        for (const { startMs, endMs } of clips) {
          expect(startMs).toBeGreaterThanOrEqual(0);
          expect(endMs).toBeGreaterThan(startMs);
          expect(endMs).toBeLessThanOrEqual(50_000);
        }
        expect(new Set(clips.map(({ feature }) => feature)).size).toBe(clips.length);
      }),
    );
  });
});
