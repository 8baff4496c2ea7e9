import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FrameOrder } from './frame-order';

const frame = (swapMs: number, arrivedMs: number) => ({ swapMs, arrivedMs, jpeg: Buffer.alloc(0) });

describe('FrameOrder', () => {
  test('frames that overtake each other come out in the order of their swap, each exactly once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1 }), (lags) => {
        const out: number[] = [];
        const late: number[] = [];
        const order = new FrameOrder((f) => out.push(f.swapMs), (f) => late.push(f.swapMs), 120); // prettier-ignore
        const arriving = lags
          .map((lag, n) => frame(n * 17, n * 17 + lag))
          .sort((a, b) => a.arrivedMs - b.arrivedMs);
        for (const each of arriving) order.add(each);
        order.flush();
        expect(out).toEqual([...out].sort((a, b) => a - b));
        expect([...out, ...late].sort((a, b) => a - b)).toEqual(lags.map((_, n) => n * 17));
        if (Math.max(...lags) - Math.min(...lags) < 100) expect(late).toEqual([]);
      }),
    );
  });
});
