import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { durationOf, lengthOf } from '../document/placements';
import { TimelineSchema, type Timeline } from '../document/timeline';
import { problemsOf } from '../operations/sound';
import { BREATH_MS, waitForWords } from './wait-for-words';

const box = { x: 0, y: 0, width: 10, height: 10 };
const still = (id: string, durationMs: number) => ({
  ...{ kind: 'still', id, clipId: 'c', takeId: 't', atMs: 0, durationMs },
});
const footage = (id: string, inMs: number, outMs: number, speed = 1) => ({
  ...{ kind: 'footage', id, clipId: 'c', takeId: 't', inMs, outMs, speed },
});
const film = (items: object[], overlays: object = {}): Timeline =>
  TimelineSchema.parse({
    ...{ version: 1, runId: 'r', title: 'Film', page: { width: 1280, height: 720 } },
    ...{ takes: [{ takeId: 't', durationMs: 60_000 }], items, chapters: [], ...overlays },
  });

describe('pictures wait for words', () => {
  test('a film whose words fit stays as it is', () => {
    const timeline = film([footage('f', 0, 10_000)]);
    const waited = waitForWords(timeline, [
      { startMs: 0, durationMs: 2000 },
      { startMs: 5000, durationMs: 2000 },
    ]);
    expect(waited).toEqual({ timeline, startsMs: [0, 5000] });
  });

  test('a held picture between two lines is held longer', () => {
    const timeline = film([
      footage('a', 0, 1000),
      still('s', 500),
      footage('b', 1000, 3000),
      still('e', 1000),
    ]);
    const { timeline: waited, startsMs } = waitForWords(timeline, [
      { startMs: 0, durationMs: 2500 },
      { startMs: 1500, durationMs: 500 },
    ]);
    expect(waited.items.map(({ id }) => id)).toEqual(['a', 's', 'b', 'e']);
    expect(startsMs[1]).toBeGreaterThanOrEqual(2500 + BREATH_MS);
    expect(lengthOf(waited.items[1] ?? fail())).toBeCloseTo(500 + (startsMs[1] ?? 0) - 1500, 3);
    expect(lengthOf(waited.items[3] ?? fail())).toBe(1000);
  });

  test('in footage a picture is held before the next line, and what lies over it goes along', () => {
    const span = (id: string, startMs: number, endMs: number) => ({ id, startMs, endMs });
    const timeline = film([footage('f', 1000, 5000, 2), still('e', 3000)], {
      captions: [
        { ...span('one', 0, 1000), text: '1' },
        { ...span('two', 1000, 2000), text: '2' },
      ],
      zooms: [{ ...span('z', 500, 1500), focus: box, scale: 2 }],
      blurs: [
        { ...span('before', 0, 1000), box },
        { ...span('from', 1000, 2000), box },
      ],
    });
    const { timeline: waited } = waitForWords(timeline, [
      { startMs: 0, durationMs: 1750 },
      { startMs: 1000, durationMs: 100 },
    ]);
    expect(waited.items).toMatchObject([
      { id: 'f', inMs: 1000, outMs: 3000, speed: 2 },
      { kind: 'still', id: 'voice-wait-1', transition: 'cut', durationMs: 1000 },
      { id: 'voice-rest-1', inMs: 3000, outMs: 5000, speed: 2, transition: 'cut' },
      { id: 'e' },
    ]);
    expect(waited.captions).toMatchObject([
      { startMs: 0, endMs: 2000 },
      { startMs: 2000, endMs: 3000 },
    ]);
    expect(waited.zooms).toMatchObject([{ startMs: 500, endMs: 2500 }]);
    // What is to be hidden is hidden while the picture waits, on both sides.
    expect(waited.blurs).toMatchObject([
      { startMs: 0, endMs: 2000 },
      { startMs: 1000, endMs: 3000 },
    ]);
  });

  test('the film lasts until its last word is said', () => {
    const { timeline } = waitForWords(film([footage('f', 0, 1000)]), [{ startMs: 500, durationMs: 4000 }]);
    expect(durationOf(timeline)).toBeGreaterThanOrEqual(4500);
    expect(problemsOf(timeline)).toEqual([]);
  });

  test('whatever is said: no line is cut, none begins before its picture, all pictures are shown in their order', () => {
    const item = fc.oneof(
      fc.record({ length: fc.integer({ min: 34, max: 4000 }), speed: fc.constantFrom(1, 2, 0.5) }),
      fc.record({ length: fc.integer({ min: 34, max: 4000 }), speed: fc.constant(null) }),
    );
    const said = fc.record({
      at: fc.integer({ min: 0, max: 1000 }),
      durationMs: fc.integer({ min: 50, max: 9000 }),
    });
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 6 }),
        fc.array(said, { maxLength: 6 }),
        (parts, saying) => {
          let at = 0;
          const items = parts.map(({ length, speed }, n) => {
            if (speed === null) return still(`s${n}`, length);
            const one = footage(`f${n}`, at, at + length * speed, speed);
            at += length * speed;
            return one;
          });
          const before = film(items);
          const total = durationOf(before);
          const lines = saying
            .map(({ at: share, durationMs }) => ({ startMs: (share / 1000) * total * 0.99, durationMs }))
            .sort((a, b) => a.startMs - b.startMs);
          const { timeline, startsMs } = waitForWords(before, lines);
          expect(problemsOf(timeline)).toEqual([]);
          const end = durationOf(timeline);
          for (const [n, { durationMs, startMs }] of lines.entries()) {
            const begins = startsMs[n] ?? NaN;
            expect(begins).toBeGreaterThanOrEqual(startMs - 0.01);
            expect(begins + durationMs).toBeLessThanOrEqual((startsMs[n + 1] ?? end) + 0.01);
          }
          const shown = (one: Timeline): number =>
            one.items.reduce((sum, each) => sum + (each.kind === 'footage' ? each.outMs - each.inMs : 0), 0);
          expect(shown(timeline)).toBeCloseTo(shown(before), 3);
        },
      ),
      { numRuns: 200 },
    );
  });
});

const fail = (): never => {
  throw new TypeError('no such item');
};
