import { describe, expect, it } from '@jest/globals';
import { AppError } from '@showrunner/contracts';
import { asAppError, refusalOf, retryAfter } from './daytona-errors';

function refusal(
  statusCode: number | undefined,
  message = 'no',
  headers: Record<string, string> = {},
): Error {
  return Object.assign(new Error(message), { statusCode, headers });
}

describe('errors of Daytona', () => {
  it.each<[number | undefined, string, string, boolean, RegExp]>([
    [401, 'Invalid credentials', 'sandbox_auth', false, /SANDBOX_API_KEY.*SANDBOX_SERVER_URL/],
    [403, 'Forbidden resource', 'sandbox_auth', false, /SANDBOX_API_KEY/],
    [402, 'Payment required', 'sandbox_quota', false, /tier|Destroy/],
    [403, 'Organization is suspended: Depleted credits', 'sandbox_quota', false, /SANDBOX_API_KEY/],
    [400, 'Total CPU limit exceeded. Maximum allowed: 10.', 'sandbox_quota', false, /Destroy/],
    [400, 'bad request: no IP address found. Is the Sandbox started?', 'sandbox_not_running', false, /Start/],
    [400, 'name must be a string', 'sandbox_refused', false, /SANDBOX_TARGET/],
    [408, 'command execution timeout', 'sandbox_unavailable', true, /status\.daytona\.io/],
    [409, 'Sandbox state change in progress', 'sandbox_unavailable', true, /./],
    [429, 'ThrottlerException: Too Many Requests', 'sandbox_rate_limited', true, /later/],
    [500, 'An unexpected error occurred.', 'sandbox_unavailable', true, /SANDBOX_SERVER_URL/],
    [502, 'Bad Gateway', 'sandbox_unavailable', true, /./],
    [undefined, 'connect ECONNREFUSED', 'sandbox_unavailable', true, /SANDBOX_SERVER_URL/],
  ])('%s %s is %s', (status, message, code, retryable, remedy) => {
    const error = asAppError('do it', refusal(status, message));
    expect(error).toMatchObject({ code, retryable, remedy: expect.stringMatching(remedy) });
    expect(error.message).toContain(message);
  });

  it('takes the longest wait that a 429 asks for', () => {
    const headers = {
      'Retry-After-sandbox-create': '3',
      'retry-after-authenticated': '7',
      'X-RateLimit-Reset-x': '90',
    };
    const error = refusal(429, 'slow down', headers);
    expect(retryAfter(refusalOf(error))).toBe(7000);
    expect(asAppError('do it', error).details).toEqual({ retryAfterMs: 7000 });
    expect(retryAfter(refusalOf(refusal(429)))).toBeUndefined();
    expect(retryAfter(refusalOf(refusal(429, '', { 'retry-after': 'soon' })))).toBeUndefined();
  });

  it('keeps an error of ours, and survives what is none', () => {
    const ours = new AppError('file_not_found', 'x');
    expect(asAppError('do it', ours)).toBe(ours);
    expect(asAppError('do it', 'text').code).toBe('sandbox_unavailable');
    expect(asAppError('do it', refusal(400, 'x'.repeat(10_000))).message.length).toBeLessThan(600);
  });
});
