import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { equalSecrets } from './authenticate';

const PURPOSE = 'showrunner signed path 2';

/**
 * A path that may be read without other credentials until a moment (ms since 1970): for links that people open in a browser. It opens this
 * one path, by GET and HEAD, in the name of one tenant, and nothing can be made of it but that.
 */
export function signedPath(path: string, tenantId: string, secret: string, untilMs: number): string {
  const until = Math.floor(untilMs / 1000);
  const signature = signatureOf({ path, tenantId, until }, secret);
  return `${path}?tenant=${encodeURIComponent(tenantId)}&until=${until}&signature=${signature}`;
}

/** In whose name a request reads a path that was signed with this secret, and still is in time; undefined when it is none. */
export function tenantOfSigned(
  request: Pick<IncomingMessage, 'method' | 'url'>,
  secret: string,
  nowMs = Date.now(),
): string | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const given = new URLSearchParams(query);
  const until = given.get('until') ?? '';
  if (!/^\d{1,12}$/.test(until) || Number(until) * 1000 < nowMs) return undefined;
  const tenantId = given.get('tenant') ?? '';
  const expected = signatureOf({ path, tenantId, until: Number(until) }, secret);
  return tenantId !== '' && equalSecrets(given.get('signature') ?? '', expected) ? tenantId : undefined;
}

const signatureOf = (
  { path, tenantId, until }: { path: string; tenantId: string; until: number },
  secret: string,
): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([PURPOSE, path, tenantId, until]))
    .digest('base64url');
