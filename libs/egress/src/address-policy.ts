import { BlockList, isIP, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** [network, prefix, what it is]: never reached through the egress proxy unless an operator excepts the host. */
const CLOSED_IPV4: readonly [string, number, string][] = [
  ['0.0.0.0', 8, 'this host'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'carrier NAT'], // holds the metadata address 100.100.100.200
  ['127.0.0.0', 8, 'loopback'],
  ['168.63.129.16', 32, 'cloud metadata'],
  ['169.254.0.0', 16, 'link-local or cloud metadata'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'protocol assignments or cloud metadata'],
  ['192.88.99.0', 24, '6to4 relay'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'benchmarking'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved or broadcast'],
];
/** Of IPv6 only global unicast is open (so IPv4-mapped and unique local are not), less tunnels and what carries IPv4 inside. */
const OPEN_IPV6: [string, number] = ['2000::', 3];
const CLOSED_IPV6: readonly [string, number, string][] = [
  ['2001::', 32, 'Teredo'],
  ['2001:10::', 28, 'ORCHID'],
  ['2002::', 16, '6to4'],
];

const closed4 = CLOSED_IPV4.map(([network, prefix, reason]) => ({ list: subnet(network, prefix), reason }));
const closed6 = CLOSED_IPV6.map(([network, prefix, reason]) => ({ list: subnet(network, prefix), reason }));
const open6 = subnet(...OPEN_IPV6);

function subnet(network: string, prefix: number): BlockList {
  const list = new BlockList();
  list.addSubnet(network, prefix, isIPv4(network) ? 'ipv4' : 'ipv6');
  return list;
}

/**
 * Pure check of a resolved address.
 * @param own addresses of this host's interfaces
 * @returns why the address is closed, or undefined when it is open
 */
export function closedAddressReason(address: string, own: ReadonlySet<string>): string | undefined {
  return closedRangeReason(address) ?? (own.has(address) ? 'an address of this host' : undefined);
}

function closedRangeReason(address: string): string | undefined {
  const family = isIP(address);
  if (family === 0) return 'not an address';
  if (family === 4) return closed4.find(({ list }) => list.check(address, 'ipv4'))?.reason;
  if (address.includes('%')) return 'link-local';
  if (!open6.check(address, 'ipv6')) return 'not global unicast';
  return closed6.find(({ list }) => list.check(address, 'ipv6'))?.reason;
}

export function ownAddresses(): Set<string> {
  return new Set(
    Object.values(networkInterfaces())
      .flat()
      .map((entry) => entry?.address ?? ''),
  );
}
