import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_TTL, startTtlSeconds, ttlSeconds } from './ttl';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const at = (ms: number) => new Date(NOW + ms);
const RULES = { defaultMs: 3_600_000, maxMs: 86_400_000 };

describe('the time to live', () => {
  it.each([
    [undefined, 3600],
    [at(90_000), 90],
    [at(90_001), 91],
    [at(0), 1],
    [at(-5000), 1],
    [at(100 * 3_600_000), 86_400],
  ])('until %s is %d s', (backstop, seconds) => expect(ttlSeconds(backstop, NOW, RULES)).toBe(seconds));

  it('is what every plan of E2B grants, if nothing is said', () => {
    expect(ttlSeconds(undefined, NOW, DEFAULT_TTL)).toBe(3600);
    expect(ttlSeconds(at(7_200_000), NOW, DEFAULT_TTL)).toBe(3600);
  });

  it('is never zero, never beyond the plan, and never ends before the backstop that the plan allows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 1000, max: 1e8 }),
        (leftMs, maxMs) => {
          const seconds = ttlSeconds(at(leftMs), NOW, { defaultMs: 1000, maxMs });
          expect(Number.isInteger(seconds)).toBe(true);
          expect(seconds).toBeGreaterThanOrEqual(1);
          expect(seconds).toBeLessThanOrEqual(Math.ceil(maxMs / 1000));
          if (leftMs <= maxMs) expect(seconds * 1000).toBeGreaterThanOrEqual(leftMs);
        },
      ),
    );
  });

  it('gives a started sandbox more than a backstop that is nearly past', () => {
    expect(startTtlSeconds(at(1000), NOW, RULES)).toBe(3600);
    expect(startTtlSeconds(at(7_200_000), NOW, RULES)).toBe(7200);
    expect(startTtlSeconds(undefined, NOW, RULES)).toBe(3600);
  });
});
