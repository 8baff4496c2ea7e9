import { expect, it } from '@jest/globals';
import { callerAddress } from './caller-address';

const from = (forwarded: string | undefined, proxies: number): string =>
  callerAddress(
    {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      socket: { remoteAddress: '10.0.0.9' },
    },
    proxies,
  );

it.each([
  [undefined, 0, '10.0.0.9'],
  ['1.2.3.4', 0, '10.0.0.9'],
  ['1.2.3.4', 1, '1.2.3.4'],
  ['6.6.6.6, 1.2.3.4', 1, '1.2.3.4'],
  ['6.6.6.6, 1.2.3.4, 10.0.0.8', 2, '1.2.3.4'],
  ['1.2.3.4', 5, '1.2.3.4'],
  [undefined, 2, '10.0.0.9'],
  [' , ,', 1, '10.0.0.9'],
  ['x'.repeat(500), 1, 'x'.repeat(64)],
])('of %s behind %d proxies is %s', (forwarded, proxies, address) => {
  expect(from(forwarded, proxies)).toBe(address);
});
