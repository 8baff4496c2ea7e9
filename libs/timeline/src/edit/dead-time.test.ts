import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST_STILLNESS_MS, keptFootage } from './dead-time';

describe('keptFootage', () => {
  test('a long stillness keeps a moment at either end', () => {
    expect(keptFootage({ fromMs: 0, toMs: 10_000 }, [1000, 9000], [])).toEqual([
      { fromMs: 0, toMs: 1300 },
      { fromMs: 8700, toMs: 10_000 },
    ]);
  });

  test('nothing is cut between an action and its result, however long it takes', () => {
    expect(keptFootage({ fromMs: 0, toMs: 10_000 }, [], [{ startMs: 500, endMs: 9500 }])).toEqual([
      { fromMs: 0, toMs: 10_000 },
    ]);
  });

  test('every change and every action stays, in order, and what goes was still', () => {
    const action = fc
      .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 3000 }))
      .map(([startMs, length]) => ({
        startMs,
        endMs: startMs + length,
      }));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 })), fc.array(action), (changes, actions) => {
        const span = { fromMs: 2000, toMs: 18_000 };
        const kept = keptFootage(span, changes, actions);
        const shown = (at: number): boolean => kept.some(({ fromMs, toMs }) => at >= fromMs && at <= toMs);
        expect(kept[0]?.fromMs).toBe(span.fromMs);
        expect(kept.at(-1)?.toMs).toBe(span.toMs);
        for (const at of changes) if (at >= span.fromMs && at <= span.toMs) expect(shown(at)).toBe(true);
        for (let n = 1; n < kept.length; n += 1) {
          const [from, to] = [kept[n - 1]?.toMs ?? 0, kept[n]?.fromMs ?? 0];
          expect(to - from).toBeGreaterThan(LONGEST_STILLNESS_MS - 601);
          for (const { startMs, endMs } of actions) expect(endMs <= from || startMs >= to).toBe(true);
        }
      }),
    );
  });
});
