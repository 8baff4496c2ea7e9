import { readFile } from 'node:fs/promises';

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

const TABLES = ['tcp', 'tcp6'];

/** The kernel's tables of the network namespace of a process, read from the host: the sandbox cannot forge them. */
export function tablesOfProcess(pid: number): Promise<string[]> {
  return Promise.all(TABLES.map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')));
}

/** The same tables for a caller who may not read them from the host: each by its own command inside. */
export const TABLE_COMMANDS = TABLES.map((name) => ['cat', `/proc/net/${name}`]);

export function sortedListeners(tables: readonly string[]): { port: number; address: string }[] {
  const all = tables.flatMap(listenersOf);
  return all.sort((one, other) => one.port - other.port || one.address.localeCompare(other.address));
}
