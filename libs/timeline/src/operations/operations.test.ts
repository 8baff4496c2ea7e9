import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { placements } from '../document/placements';
import { TimelineSchema, type Timeline } from '../document/timeline';
import { applyOperation, applyOperations, undo, type Inverse } from './apply';
import { OperationSchema, type Operation } from './operations';
import { problemsOf } from './sound';

const TAKE_MS = 60_000;

/** A film of `count` pieces of footage of two seconds each, a caption and every fifth a zoom and a blur over each. */
function timelineOf(count: number): Timeline {
  const at = (n: number, ms: number) => ({ startMs: n * 2000 + ms, endMs: n * 2000 + ms + 1500 });
  const numbers = Array.from({ length: count }, (_, n) => n);
  const some = numbers.filter((n) => n % 5 === 0);
  const box = { x: 10, y: 10, width: 100, height: 40 };
  return TimelineSchema.parse({
    ...{ version: 1, runId: 'r', title: 'Film', page: { width: 1280, height: 720 } },
    takes: [{ takeId: 't', durationMs: TAKE_MS }],
    items: numbers.map((n) => ({
      ...{ kind: 'footage', id: `f${n}`, clipId: 'c', takeId: 't' },
      ...{ inMs: (n % 25) * 2000, outMs: (n % 25) * 2000 + 2000 },
    })),
    chapters: [{ clipId: 'c', feature: 'one', title: 'One' }],
    captions: numbers.map((n) => ({ id: `c${n}`, ...at(n, 200), text: `Step ${n}` })),
    zooms: some.map((n) => ({ id: `z${n}`, ...at(n, 300), focus: box, scale: 1.6 })),
    blurs: some.map((n) => ({ id: `b${n}`, ...at(n, 100), box })),
  });
}

const ms = fc.integer({ min: 0, max: TAKE_MS });
const idOf = (kinds: string[]) =>
  fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 11 })).map(([kind, n]) => `${kind}${n}`);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ op: fc.constant('trim' as const), id: idOf(['f']), inMs: ms, outMs: ms }),
  fc.record({ op: fc.constant('setSpeed' as const), id: idOf(['f']), speed: fc.constantFrom(0.5, 1, 2, 8) }),
  fc.record({ op: fc.constant('move' as const), id: idOf(['f']), index: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ op: fc.constant('remove' as const), id: idOf(['f', 'c', 'z', 'b']) }),
  fc.record({
    op: fc.constant('setCaption' as const),
    id: idOf(['c']),
    text: fc.string({ maxLength: 20 }),
    startMs: ms,
    endMs: ms,
  }),
  fc.record({
    op: fc.constant('setTheme' as const),
    theme: fc.constantFrom('aurora' as const, 'plain' as const),
  }),
  fc.record({
    op: fc.constant('setAspect' as const),
    aspect: fc.constantFrom('9:16' as const, '1:1' as const),
  }),
  fc.record({ op: fc.constant('setTitle' as const), title: fc.string({ maxLength: 20 }) }),
  fc.record({
    op: fc.constant('setVoice' as const),
    voice: fc.constantFrom(null, { name: 'auto' }, { name: 'espeak', language: 'de' }),
  }),
  fc.record({
    op: fc.constant('setCaption' as const),
    id: idOf(['c']),
    spoken: fc.constantFrom(null, '', 'Said'),
  }),
);

describe('operations', () => {
  test('leave a sound timeline, or are refused and change nothing; undone one by one they leave what was there', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 12 }), (operations) => {
        const first = timelineOf(10);
        const before = JSON.stringify(first);
        let timeline = first;
        const inverses: { inverse: Inverse; was: Timeline }[] = [];
        for (const one of operations) {
          const was = timeline;
          try {
            const done = applyOperation(timeline, OperationSchema.parse(one));
            timeline = done.timeline;
            inverses.push({ inverse: done.inverse, was });
          } catch (error) {
            expect(error).toMatchObject({ code: 'bad_operation' });
          }
          expect(problemsOf(timeline)).toEqual([]);
          expect(TimelineSchema.safeParse(timeline).success).toBe(true);
        }
        for (const { inverse, was } of inverses.reverse()) {
          const undone = undo(timeline, inverse);
          expect(undone.timeline).toEqual(was);
          expect(undo(undone.timeline, undone.inverse).timeline).toEqual(timeline);
          timeline = undone.timeline;
        }
        expect(JSON.stringify(timeline)).toBe(before);
      }),
      { numRuns: 40 },
    );
  });

  test('take what lies over an item along', () => {
    const { timeline } = applyOperation(timelineOf(10), { op: 'move', id: 'f5', index: 0 });
    expect(placements(timeline.items)[0]?.item.id).toBe('f5');
    expect(timeline.captions[0]).toMatchObject({ id: 'c5', startMs: 200, endMs: 1700 });
    expect(timeline.captions[1]).toMatchObject({ id: 'c0', startMs: 2200 });
    expect(timeline.zooms[0]).toMatchObject({ id: 'z5', startMs: 300 });
  });

  test('cut what lies over footage that is gone, and let what is hidden stay hidden in every piece', () => {
    const trimmed = applyOperation(timelineOf(10), { op: 'trim', id: 'f0', inMs: 0, outMs: 1000 }).timeline;
    expect(trimmed.captions[0]).toMatchObject({ startMs: 200, endMs: 1000 });
    expect(trimmed.captions[1]).toMatchObject({ id: 'c1', startMs: 1200 });
    const wide = { id: 'wide', startMs: 1000, endMs: 5000, box: { x: 0, y: 0, width: 50, height: 50 } };
    const hidden = applyOperation(timelineOf(10), { op: 'addBlur', blur: wide }).timeline;
    const { timeline } = applyOperation(hidden, { op: 'move', id: 'f1', index: 6 });
    const pieces = timeline.blurs.filter(({ id }) => id.startsWith('wide'));
    // f1 was hidden from begin to end, f0 from its middle on, f2 up to its middle.
    expect(pieces.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [1000, 3000],
      [12_000, 14_000],
    ]);
  });

  test('slow down and quicken what lies over footage with it', () => {
    const { timeline } = applyOperation(timelineOf(3), { op: 'setSpeed', id: 'f0', speed: 2 });
    expect(timeline.captions[0]).toMatchObject({ startMs: 100, endMs: 850 });
    expect(timeline.captions[1]?.startMs).toBe(1200);
  });

  test.each<[Operation, string]>([
    [{ op: 'trim', id: 'nothing', inMs: 5 }, 'There is no item "nothing".'],
    [{ op: 'trim', id: 'f0', inMs: 3000 }, '"f0" ends before it begins.'],
    [{ op: 'trim', id: 'f0', outMs: 90_000 }, 'reaches beyond its take'],
    [{ op: 'setDuration', id: 'f0', durationMs: 10 }, 'is footage'],
    [{ op: 'setCard', id: 'f0', title: 'x' }, 'is no card'],
    [{ op: 'setCaption', id: 'c0', endMs: 3000 }, 'overlap'],
    [{ op: 'setCaption', id: 'c9', endMs: 90_000 }, 'reaches beyond the film'],
    [{ op: 'remove', id: 'nothing' }, 'There is nothing named "nothing".'],
  ])('that cannot be say why: %j', (one, message) => {
    expect(() => applyOperation(timelineOf(10), one)).toThrow(message);
  });

  test('done together are all done, or none; the one that cannot be is named', () => {
    const first = timelineOf(10);
    const both: Operation[] = [{ op: 'setTitle', title: 'New' }, { op: 'remove', id: 'f3' }]; // prettier-ignore
    const { timeline, inverse } = applyOperations(first, both);
    expect(timeline).toMatchObject({ title: 'New', items: { length: 9 } });
    expect(undo(timeline, inverse).timeline).toEqual(first);
    expect(() => applyOperations(first, [...both, { op: 'remove', id: 'f3' }])).toThrow(
      'Operation 3 of 3 (remove): There is nothing named "f3".',
    );
    const many = Array.from({ length: 5001 }, (_, n): Operation => ({
      ...{ op: 'addCallout', callout: { id: `n${n}`, startMs: 0, endMs: 900, text: 'x', at: { x: 0, y: 0, width: 1, height: 1 } } },
    })); // prettier-ignore
    const crowded = {
      ...first,
      callouts: many.slice(1).flatMap((one) => (one.op === 'addCallout' ? [one.callout] : [])),
    };
    expect(() => applyOperations(crowded, many.slice(0, 1))).toThrow('callouts');
  });

  test('need less than 50 ms on a film of 500 items', () => {
    const timeline = timelineOf(500);
    const took = (['move', 'remove'] as const).map((op) => {
      const times = Array.from({ length: 30 }, (_, n) => {
        const from = performance.now();
        applyOperation(timeline, op === 'move' ? { op, id: 'f400', index: n } : { op, id: `f${n}` });
        return performance.now() - from;
      });
      // The quickest: what a busy machine adds is none of the operation's.
      return Math.min(...times);
    });
    expect(Math.max(...took)).toBeLessThan(50);
  });
});
