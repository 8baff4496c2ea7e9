import type { IncomingMessage } from 'node:http';

/**
 * From where a request comes: the socket's other end, or what the proxies in front of us say. Of `X-Forwarded-For` as many entries are
 * believed, from its end, as there are proxies of ours; what stands before them anybody may have written.
 */
export function callerAddress(
  { headers, socket }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string } },
  trustedProxies: number,
): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const way = [...forwarded, socket.remoteAddress ?? 'unknown'];
  return (way.at(-1 - trustedProxies) ?? way[0] ?? 'unknown').slice(0, 64);
}
