import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closedAddressReason } from './address-policy';

const reasonOf = (address: string) => closedAddressReason(address, new Set(['198.51.100.7', '2001:db8::7']));

describe('closedAddressReason', () => {
  it.each([
    '1.1.1.1',
    '203.0.113.80',
    '198.51.100.8',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('leaves %s open', (address) => expect(reasonOf(address)).toBeUndefined());

  it.each([
    '0.0.0.0',
    '10.255.255.255',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    'fd00:ec2::254',
    'fd20:ce::254',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '2001::1',
    '2002:7f00:1::',
    '198.51.100.7',
    '2001:db8::7',
    'localhost',
    '127.1',
    '',
  ])('closes "%s"', (address) => expect(reasonOf(address)).toBeDefined());

  it('closes every private IPv4 address in every IPv6 spelling', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, (b, c, d) => {
        expect(reasonOf(`10.${b}.${c}.${d}`)).toBe('private');
        expect(reasonOf(`::ffff:10.${b}.${c}.${d}`)).toBeDefined();
        expect(reasonOf(`0:0:0:0:0:FFFF:0a${b.toString(16).padStart(2, '0')}:1`)).toBeDefined();
      }),
    );
  });
});
