import { describe, expect, test } from '@jest/globals';
import { dimFilter, FADE_IN_MS, FADE_OUT_MS, steadyDim } from './card-dim';
import { filmLook } from './film-look';
import type { Segment } from './schedule.types';

const segment = (kind: Segment['kind']): Segment => ({
  kind, clipId: 'c1', takeId: 't1', startMs: 1800, endMs: 3400, sourceMs: 0,
}); // prettier-ignore

describe('the dim of a card', () => {
  test('is in the picture from the end of its fade in to the begin of its fade out, on whole frames', () => {
    const { fromMs, toMs } = steadyDim(segment('title'), {
      before: segment('hold'),
      after: segment('footage'),
    });
    expect(fromMs).toBeGreaterThanOrEqual(1800 + FADE_IN_MS);
    expect(toMs).toBeLessThanOrEqual(3400 - FADE_OUT_MS);
    for (const at of [fromMs, toMs]) expect((at * 30) % 1000).toBeCloseTo(0);
  });

  test('does not fade in after the opening card, which is dark all the time', () => {
    expect(steadyDim(segment('title'), { before: segment('opening') }).fromMs).toBe(1800);
    expect(steadyDim(segment('opening'), { after: segment('title') })).toEqual({ fromMs: 1800, toMs: 3400 });
  });

  test('fades out at the end of an opening card that no other card follows', () => {
    const { fromMs, toMs } = steadyDim(segment('opening'), { after: segment('hold') });
    expect(fromMs).toBe(1800);
    expect(toMs).toBeLessThanOrEqual(3400 - FADE_OUT_MS);
  });

  test('keeps a tenth of the picture and adds the slate, in the planes of a JPEG', () => {
    const filter = dimFilter(filmLook({ width: 1280, height: 720 }));
    const plane = (name: string, value: number): number => {
      const [, share, offset] = new RegExp(`[=:]${name}=val\\*([\\d.]+)\\+([\\d.]+)`).exec(filter) ?? [];
      return Math.floor(value * Number(share) + Number(offset));
    };
    // White (255, 128, 128) under 90 % of #0b1220.
    expect(plane('y', 255)).toBe(41);
    expect([plane('u', 128), plane('v', 128)]).toEqual([135, 124]);
  });
});
