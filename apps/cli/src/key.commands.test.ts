import { afterEach, expect, it, jest } from '@jest/globals';
import { ApiClient } from '@showrunner/api-client';
import { createKey } from './key.commands';

afterEach(() => void jest.restoreAllMocks());

it('a key is made by role, and what is no role is said before anything is asked', async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const bodies: string[] = [];
  const api = new ApiClient({
    ...{ baseUrl: 'http://127.0.0.1:4400/api', apiKey: 'sk_x' },
    fetch: async (input, init) => {
      bodies.push(await new Request(input, init).text());
      const key = {
        id: 'k1',
        prefix: 'sk_1',
        name: 'guest',
        tenantId: 'acme',
        permissions: ['read'],
        role: 'viewer',
      };
      return Response.json({ ...key, key: 'sk_1', expiresAt: null, revokedAt: null }, { status: 201 });
    },
  });
  expect(await createKey(api, 'guest', { role: 'viewer' })).toBe(0);
  expect(bodies).toEqual(['{"name":"guest","role":"viewer"}']);
  await expect(createKey(api, 'guest', { role: 'boss' })).rejects.toMatchObject({
    code: 'permission_unknown',
    message: '"boss" is no role.',
  });
  expect(bodies).toHaveLength(1);
});
