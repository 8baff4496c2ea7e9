import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FrameLedger } from './frame-ledger';

const REFRESH = 1000 / 60;

describe('FrameLedger', () => {
  test('a still page loses nothing, however long it is still', () => {
    const ledger = new FrameLedger(3);
    ledger.frame(0, 5);
    ledger.frame(30_000, 30_005);
    expect([ledger.presented, ledger.captured, ledger.lost]).toEqual([2, 2, 0]);
  });

  test('refreshes that pass while all allowed frames are in flight are lost', () => {
    const ledger = new FrameLedger(3);
    for (let n = 0; n < 3; n += 1) ledger.frame(n * REFRESH, 200);
    ledger.frame(10 * REFRESH, 10 * REFRESH + 5);
    // Frames 3 to 9 fell into the time in which three were unacknowledged.
    expect(ledger.lost).toBe(7);
    expect(ledger.presented).toBe(11);
  });

  test('with room in flight, a hole is the page being late and no loss', () => {
    const ledger = new FrameLedger(60);
    for (let n = 0; n < 3; n += 1) ledger.frame(n * REFRESH, 200);
    ledger.frame(10 * REFRESH, 10 * REFRESH + 5);
    expect(ledger.lost).toBe(0);
  });

  test('a frame that the recorder dropped itself is presented and lost', () => {
    const ledger = new FrameLedger(3);
    ledger.frame(0, 1);
    ledger.dropped();
    expect([ledger.presented, ledger.captured, ledger.lost]).toEqual([1, 0, 1]);
  });

  test('a gap is not counted as lost frames', () => {
    const ledger = new FrameLedger(1);
    ledger.frame(0, 10_000);
    ledger.restart();
    ledger.frame(5000, 5001);
    expect(ledger.lost).toBe(0);
  });

  test('presented is captured and lost together, and prompt acknowledgement loses nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ skip: fc.integer({ min: 1, max: 40 }), lag: fc.integer({ min: 0, max: 400 }) })),
        fc.integer({ min: 1, max: 80 }),
        (steps, allowed) => {
          const ledger = new FrameLedger(allowed);
          let at = 0;
          for (const { skip, lag } of steps) {
            at += skip * REFRESH;
            ledger.frame(at, at + lag);
          }
          expect(ledger.presented).toBe(ledger.captured + ledger.lost);
          expect(ledger.captured).toBe(steps.length);
          if (allowed > 30) expect(ledger.lost).toBe(0);
        },
      ),
    );
  });
});
