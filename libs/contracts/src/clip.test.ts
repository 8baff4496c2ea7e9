import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ClipOfRunSchema, ClipSchema, clipOfRun } from './clip';
import { clipIdOf, newRunId, sessionIdOf, takeIdOf } from './ids';

const runId = newRunId();
const clip = fc
  .record({
    number: fc.integer({ min: 1, max: 20 }),
    startMs: fc.integer({ min: 0, max: 3_600_000 }),
    lengthMs: fc.integer({ min: 1, max: 600_000 }),
  })
  .map(({ number, startMs, lengthMs }) => ({
    clipId: clipIdOf(runId, number),
    number,
    feature: 'login',
    takeId: takeIdOf(sessionIdOf(runId, { film: 1, number: 1, opening: 1 })),
    startMs,
    endMs: startMs + lengthMs,
  }));

describe('a clip as its run tells it', () => {
  it('has exactly the four members, in seconds that are the same milliseconds', () => {
    fc.assert(
      fc.property(clip, (made) => {
        expect(ClipSchema.parse(made)).toEqual(made);
        const told = clipOfRun(made);
        expect(ClipOfRunSchema.strict().parse(told)).toEqual(told);
        expect(Math.round(told.start * 1000)).toBe(made.startMs);
        expect(Math.round(told.end * 1000)).toBe(made.endMs);
        expect(made.clipId).toBe([runId, told.clip_id].join('-'));
      }),
    );
  });
});
