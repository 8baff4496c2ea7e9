import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

const WILDCARDS = new Set(['0.0.0.0', '::', '']);

/**
 * Under which host the other workers reach this one: the setting if there is one, else the address it listens on; where that is every
 * address, the first one of this machine that is not loopback. Without any network it stays among the processes of this machine.
 */
export function advertisedHost(
  setting: string | undefined,
  bindHost: string,
  interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces(),
): string {
  if (setting !== undefined && setting !== '') return inUrl(setting);
  if (!WILDCARDS.has(bindHost)) return inUrl(bindHost);
  const addresses = Object.values(interfaces).flatMap((all) => all ?? []);
  const outside = addresses.find(({ internal, family }) => !internal && family === 'IPv4');
  return outside?.address ?? '127.0.0.1';
}

const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);
