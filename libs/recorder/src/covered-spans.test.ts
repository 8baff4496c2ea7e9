import { describe, expect, it } from '@jest/globals';
import { coveredSpans } from './covered-spans';

const box = (x: number) => ({ x, y: 0, width: 100, height: 20 });
const take = { startedAtMs: 10_000, durationMs: 5000 };

describe('what a take has covered', () => {
  it('lasts from when it came until it went, and through what changes elsewhere', () => {
    const changes = [
      { atMs: 9000, boxes: [box(1)] },
      { atMs: 11_000, boxes: [box(1), box(2)] },
      { atMs: 12_000, boxes: [box(2)] },
    ];
    expect(coveredSpans(changes, take)).toEqual([
      { fromMs: 0, toMs: 2000, box: box(1) },
      { fromMs: 1000, toMs: 5000, box: box(2) },
    ]);
  });

  it('is told once, however often and in whatever order it is reported', () => {
    const changes = [
      { atMs: 12_000, boxes: [] },
      { atMs: 11_000, boxes: [box(1)] },
      { atMs: 11_000, boxes: [box(1)] },
    ];
    expect(coveredSpans(changes, take)).toEqual([{ fromMs: 1000, toMs: 2000, box: box(1) }]);
  });

  it('leaves out the ways of what slides, and keeps what stands longest', () => {
    const slide = Array.from({ length: 900 }, (_, n) => ({ atMs: 10_000 + n, boxes: [box(n)] }));
    expect(coveredSpans([...slide, { atMs: 11_000, boxes: [box(7)] }], take)).toEqual([
      { fromMs: 899, toMs: 1000, box: box(899) },
      { fromMs: 1000, toMs: 5000, box: box(7) },
    ]);
  });
});
