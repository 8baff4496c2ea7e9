const LISTEN = '0A';

/** Address bytes of /proc/net/tcp{,6} are 32-bit words in host (little-endian) order. */
function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  for (let word = 0; word < bytes.length; word += 4) bytes.subarray(word, word + 4).reverse();
  if (bytes.length === 4) return [...bytes].join('.');
  const mapped = bytes.subarray(0, 12).toString('hex') === '00000000000000000000ffff';
  if (mapped) return [...bytes.subarray(12)].join('.');
  if (bytes.every((byte) => byte === 0)) return '::';
  if (bytes[15] === 1 && bytes.subarray(0, 15).every((byte) => byte === 0)) return '::1';
  return (bytes.toString('hex').match(/.{4}/g) ?? []).join(':');
}

/** @param table content of /proc/<pid>/net/tcp or tcp6 */
export function listenersOf(table: string): { port: number; address: string }[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === LISTEN)
    .map((fields) => {
      const [address = '', port = '0'] = (fields[1] ?? '').split(':');
      return { port: Number.parseInt(port, 16), address: addressOf(address) };
    });
}

/** Prints the tables of both families, in a sandbox whose kernel tables cannot be read from outside. */
export const LISTENER_COMMAND = ['sh', '-c', 'cat /proc/net/tcp /proc/net/tcp6 2>/dev/null; true'];

/** @param tables contents of `tcp` and `tcp6`, apart or one after the other */
export function sortedListeners(tables: readonly string[]): { port: number; address: string }[] {
  const all = tables.flatMap(listenersOf);
  return all.sort((one, other) => one.port - other.port || one.address.localeCompare(other.address));
}
