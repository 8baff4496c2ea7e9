import { afterEach, expect, it, jest } from '@jest/globals';
import { ApiClient } from '@showrunner/api-client';
import { studio } from './studio.command';

afterEach(() => void jest.restoreAllMocks());

it('prints the address that signs a browser in, which is on the platform that was asked', async () => {
  const asked: string[] = [];
  const answer = { path: '/studio/sign-in#token', expiresAt: '2026-11-30T08:00:00.000Z' };
  const api = new ApiClient({
    ...{ baseUrl: 'http://127.0.0.1:4400/api', apiKey: 'sk_x' },
    fetch: (input) => {
      asked.push(String(input));
      return Promise.resolve(Response.json(answer, { status: 201 }));
    },
  });
  let printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true));
  expect(await studio(() => Promise.resolve(api), { quiet: true })).toBe(0);
  expect(printed).toBe('http://127.0.0.1:4400/studio/sign-in#token\n');
  expect(await studio(() => Promise.resolve(api), {})).toBe(0);
  expect(printed).toContain('\n  http://127.0.0.1:4400/studio/sign-in#token\n');
  expect(asked[0]).toBe('http://127.0.0.1:4400/api/sign-ins');
});
