import { describe, expect, it } from '@jest/globals';
import { parseAge } from './age';

describe('parseAge', () => {
  it('reads minutes, hours and days', () => {
    expect(['30m', '12h', '7d', '0d'].map(parseAge)).toEqual([1_800_000, 43_200_000, 604_800_000, 0]);
  });
  it('refuses what is none', () => {
    for (const text of ['', '7', '7w', '-1d', '1.5h', 'd'])
      expect(() => parseAge(text)).toThrow(expect.objectContaining({ code: 'age_invalid' }));
  });
});
