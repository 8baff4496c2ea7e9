import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from './retry-after';

const NOW = Date.parse('2026-11-30T10:00:00Z');
const read = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), () => NOW);

describe('how long a server wants to be left alone', () => {
  it.each([
    ['0', 0],
    ['7', 7000],
    ['61', 61_000],
    ['1.5', 1500],
    ['Mon, 30 Nov 2026 10:01:30 GMT', 90_000],
    // A date that has passed: at once.
    ['Mon, 30 Nov 2026 09:00:00 GMT', 0],
    ['999999999', 86_400_000],
  ])('reads %s', (text, ms) => expect(read({ 'retry-after': text })).toBe(ms));

  it.each(['', '-5', '+3', '1e3', 'soon', '7 seconds', 'NaN'])('takes %j for nothing', (text) =>
    expect(read({ 'retry-after': text })).toBeUndefined(),
  );

  it('prefers what is said in milliseconds', () =>
    expect(read({ 'retry-after': '9', 'retry-after-ms': '250' })).toBe(250));
  it('is undefined without headers', () => expect(retryAfterMs(undefined)).toBeUndefined());
});
