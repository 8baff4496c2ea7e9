import { readFile } from 'node:fs/promises';

const TABLES = ['tcp', 'tcp6'];

/** The kernel's tables of the network namespace of a process, read from the host: the sandbox cannot forge them. */
export function tablesOfProcess(pid: number): Promise<string[]> {
  return Promise.all(TABLES.map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')));
}

/** The same tables for a caller who may not read them from the host: each by its own command inside. */
export const TABLE_COMMANDS = TABLES.map((name) => ['cat', `/proc/net/${name}`]);
