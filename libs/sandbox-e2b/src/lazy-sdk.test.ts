import { expect, it, jest } from '@jest/globals';

it('loads no SDK before a sandbox is asked for', async () => {
  const loaded = jest.fn(() => ({}));
  jest.unstable_mockModule('e2b', loaded);
  const { E2bSandboxProvider } = await import('./e2b.provider');
  const provider = new E2bSandboxProvider({ apiKey: 'e2b_x', installation: 'here' });
  expect(loaded).not.toHaveBeenCalled();
  await expect(provider.list()).rejects.toThrow(); // what was loaded is empty
  expect(loaded).toHaveBeenCalledTimes(1);
});
