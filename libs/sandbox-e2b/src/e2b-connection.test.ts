import { expect, it } from '@jest/globals';
import { readConnection } from './e2b-connection';

const base = { apiKey: 'e2b_x', installation: 'here' };

it('means the cloud where nothing is said', () => {
  expect(readConnection(base)).toMatchObject({
    apiUrl: 'https://api.e2b.app',
    sandboxUrl: undefined,
    domain: 'e2b.app',
    scheme: 'https',
    template: 'base',
    wire: 'auto',
  });
});

it('finds domain and sandboxes of a server of its own', () => {
  expect(readConnection({ ...base, serverUrl: 'https://api.boxes.example/' })).toMatchObject({
    apiUrl: 'https://api.boxes.example',
    sandboxUrl: undefined,
    domain: 'boxes.example',
  });
  expect(readConnection({ ...base, serverUrl: 'http://127.0.0.1:3000' })).toMatchObject({
    apiUrl: 'http://127.0.0.1:3000',
    sandboxUrl: 'http://127.0.0.1:3000',
    domain: '127.0.0.1:3000',
    scheme: 'http',
  });
  expect(
    readConnection({ ...base, serverUrl: 'http://127.0.0.1:3000', sandboxUrl: 'http://x:1', domain: 'd' }),
  ).toMatchObject({
    sandboxUrl: 'http://x:1',
    domain: 'd',
  });
});

it.each([
  [{ apiKey: '' }, 'SANDBOX_API_KEY'],
  [{ serverUrl: 'nowhere' }, 'SANDBOX_SERVER_URL'],
  [{ serverUrl: 'file:///etc' }, 'SANDBOX_SERVER_URL'],
])('refuses %p', (wrong, setting) => {
  expect(() => readConnection({ ...base, ...wrong })).toThrow(
    expect.objectContaining({ code: 'sandbox_settings_invalid', remedy: expect.stringContaining(setting) }),
  );
});
