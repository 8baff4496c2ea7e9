import { expect, it } from '@jest/globals';
import { machineLine } from './machine-line';

it('the status says how many films go at once, and by what that was measured', () => {
  expect(machineLine('/', {})).toMatch(
    /^ {2}Films at once {4}\d+: \d+ processors, [\d.]+ GiB of memory, [\d.]+ GiB free on disk$/,
  );
  expect(machineLine('/nowhere/at-all', { FILMS_AT_ONCE: '' })).toMatch(/GiB of memory$/);
  expect(machineLine('/', { FILMS_AT_ONCE: '7' })).toBe('  Films at once    7, as FILMS_AT_ONCE says');
});
