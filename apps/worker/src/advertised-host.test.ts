import { describe, expect, it } from '@jest/globals';
import type { NetworkInterfaceInfo } from 'node:os';
import { advertisedHost } from './advertised-host';

const at = (address: string, internal: boolean, family: 'IPv4' | 'IPv6' = 'IPv4'): NetworkInterfaceInfo[] => [
  {
    address,
    internal,
    family,
    netmask: '',
    mac: '',
    cidr: null,
    ...(family === 'IPv6' && { scopeid: 0 }),
  } as NetworkInterfaceInfo,
];

describe('the host that a worker tells the others', () => {
  it.each([
    ['worker-7.internal', '0.0.0.0', 'worker-7.internal'],
    [undefined, '127.0.0.1', '127.0.0.1'],
    [undefined, '10.1.2.3', '10.1.2.3'],
    ['', '10.1.2.3', '10.1.2.3'],
    ['fd00::1', '0.0.0.0', '[fd00::1]'],
    [undefined, '::1', '[::1]'],
  ])('setting %s, listening on %s: %s', (setting, bindHost, expected) => {
    expect(advertisedHost(setting, bindHost, {})).toBe(expected);
  });

  it('is an address of the machine where it listens on all of them', () => {
    const interfaces = {
      lo: at('127.0.0.1', true),
      eth6: at('fe80::1', false, 'IPv6'),
      eth0: at('10.9.0.4', false),
    };
    expect(advertisedHost(undefined, '0.0.0.0', interfaces)).toBe('10.9.0.4');
    expect(advertisedHost(undefined, '::', { lo: at('127.0.0.1', true) })).toBe('127.0.0.1');
  });
});
