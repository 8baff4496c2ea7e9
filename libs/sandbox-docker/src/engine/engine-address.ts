import { InvalidInputError } from '@showrunner/contracts';

import type { EngineTls } from './engine-tls';

/** Where an engine listens. */
export type EngineAddress =
  { kind: 'unix'; socketPath: string } | { kind: 'tcp'; host: string; port: number; tls?: EngineTls };

export const DEFAULT_ENGINE = 'unix:///var/run/docker.sock';

/**
 * Reads an address as `DOCKER_HOST` has it: `unix:///path`, `tcp://host:port` (TLS when certificates are given), `http(s)://host:port`.
 * @throws InvalidInputError `docker_host_invalid`
 */
export function parseEngineAddress(text: string, tls?: EngineTls): EngineAddress {
  if (text.startsWith('unix://') && text.length > 'unix://'.length + 1)
    return { kind: 'unix', socketPath: text.slice('unix://'.length) };
  const match = /^(tcp|http|https):\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?\/?$/i.exec(text);
  if (match !== null) {
    const scheme = match[1]?.toLowerCase();
    const secured = scheme === 'https' || (scheme === 'tcp' && tls !== undefined);
    if (!secured || tls !== undefined)
      return {
        kind: 'tcp',
        host: (match[2] ?? '').replace(/^\[|\]$/g, ''),
        port: match[3] === undefined ? (secured ? 2376 : 2375) : Number(match[3]),
        ...(secured ? { tls } : {}),
      };
  }
  throw new InvalidInputError('docker_host_invalid', `"${text.slice(0, 100)}" is no address of an engine.`, {
    remedy:
      'Set SANDBOX_SERVER_URL to unix:///path/to/docker.sock or tcp://host:port. An engine behind ssh is reached through `ssh -L /tmp/docker.sock:/var/run/docker.sock`.',
  });
}

export function describeEngine(address: EngineAddress): string {
  return address.kind === 'unix' ? address.socketPath : `${address.host}:${address.port}`;
}
