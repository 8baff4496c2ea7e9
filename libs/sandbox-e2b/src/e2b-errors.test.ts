import { expect, it } from '@jest/globals';
import { apiError } from './e2b-errors';

it.each([
  [401, 'invalid key', 'sandbox_auth', false],
  [403, 'not yours', 'sandbox_auth', false],
  [402, '', 'sandbox_quota', false],
  [403, 'your plan does not allow it', 'sandbox_quota', false],
  [400, 'Timeout cannot be greater than 1 hours', 'sandbox_quota', false],
  [429, 'maximum number of concurrent sandboxes', 'sandbox_quota', true],
  [429, 'slow down', 'sandbox_rate_limited', true],
  [408, '', 'sandbox_unavailable', true],
  [409, 'in transition', 'sandbox_unavailable', true],
  [500, 'oops', 'sandbox_unavailable', true],
  [503, 'no capacity', 'sandbox_unavailable', true],
  [504, '', 'sandbox_unavailable', true],
  [400, 'bad request', 'sandbox_refused', false],
  [404, 'no such template', 'sandbox_refused', false],
])('maps %d %p to %s', (status, message, code, retryable) => {
  const error = apiError('create a sandbox', status, message);
  expect(error).toMatchObject({ code, retryable });
  expect(error.remedy).toBeTruthy();
  expect(error.message).toContain(String(status));
});

it('names the settings that mend it', () => {
  expect(apiError('x', 401, '').remedy).toMatch(/SANDBOX_API_KEY.*SANDBOX_SERVER_URL/);
  expect(apiError('x', 500, '').remedy).toMatch(/SANDBOX_SERVER_URL/);
});

it('tells how long to wait, where it is said in seconds', () => {
  const waits = (value?: string) =>
    apiError('x', 429, 'slow down', new Headers(value === undefined ? {} : { 'Retry-After': value })).details;
  expect(waits('3')).toEqual({ retryAfterMs: 3000 });
  expect(waits('soon')).toEqual({});
  expect(waits()).toEqual({});
});

it('keeps long messages short', () => {
  expect(apiError('x', 500, 'm'.repeat(10_000)).message.length).toBeLessThan(600);
});
