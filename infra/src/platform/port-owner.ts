import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { EnvironmentError } from '@showrunner/contracts';
import { allPids, commandOf } from './process-table';
import { PORT_VARIABLES } from './settings';
import type { PortName } from './settings';

export interface PortOwner {
  pid: number;
  command: string;
}

const LISTENING = '0A';

/** The process that listens on a TCP port of this network namespace; undefined when nobody does or its owner is hidden from us. */
export function findPortOwner(port: number): PortOwner | undefined {
  const inodes = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)),
  );
  if (inodes.size === 0) return undefined;
  const pid = allPids().find((candidate) => openSockets(candidate).some((inode) => inodes.has(inode)));
  return pid === undefined ? undefined : { pid, command: commandOf(pid) };
}

/** @throws EnvironmentError `port_in_use` naming the port, who holds it, and the variable that chooses another */
export async function assertPortsAreFree(
  names: readonly PortName[],
  ports: Record<PortName, number>,
): Promise<void> {
  for (const name of names) {
    if (await canListen(ports[name])) continue;
    const variable = PORT_VARIABLES[name];
    const owner = findPortOwner(ports[name]);
    const holder = owner
      ? `process ${owner.pid} (${owner.command})`
      : 'a process of another user or namespace';
    throw new EnvironmentError(
      'port_in_use',
      `Port ${ports[name]}, wanted for ${name}, is in use by ${holder}.`,
      {
        remedy: `${owner ? `Stop it (kill ${owner.pid})` : 'Stop it'}, or choose another port with ${variable}=<port>.`,
        details: { port: ports[name], variable, ...owner },
      },
    );
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function listeningInodes(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const lines = readOr('', () => readFileSync(table, 'utf8'))
    .split('\n')
    .slice(1);
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === LISTENING && local.endsWith(`:${hexPort}`) && inode ? [inode] : [];
  });
}

function openSockets(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readOr<string[]>([], () => readdirSync(folder)).flatMap((descriptor) => {
    const target = readOr('', () => readlinkSync(`${folder}/${descriptor}`));
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    return inode ? [inode] : [];
  });
}

/** Processes end while we look at them, and those of other users are closed to us. */
function readOr<T>(fallback: T, read: () => T): T {
  try {
    return read();
  } catch {
    return fallback;
  }
}
