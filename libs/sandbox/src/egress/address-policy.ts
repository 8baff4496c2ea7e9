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
/** Of IPv6 only global unicast is open, less what carries an IPv4 address or a tunnel inside. */
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

/** The IPv4 address inside ::ffff:a.b.c.d in any spelling; undefined for every other address. */
function mappedIpv4(address: string): string | undefined {
  const hostname = new URL(`http://[${address}]/`).hostname; // the URL parser writes IPv6 in one canonical way
  const match = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(hostname);
  if (match === null) return undefined;
  const [high = 0, low = 0] = match.slice(1).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * Pure check of a resolved address.
 * @param own addresses of this host's interfaces
 * @returns why the address is closed, or undefined when it is open
 */
export function closedAddressReason(address: string, own: ReadonlySet<string>): string | undefined {
  const family = isIP(address);
  if (family === 0) return 'not an address';
  if (own.has(address)) return 'an address of this host';
  if (family === 4) return closed4.find(({ list }) => list.check(address, 'ipv4'))?.reason;
  if (address.includes('%')) return 'link-local';
  const mapped = mappedIpv4(address);
  if (mapped !== undefined) return closedAddressReason(mapped, own);
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
