import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { equalSecrets } from './authenticate';

const PURPOSE = 'showrunner signed path 1';

/**
 * A path that may be read without other credentials until a moment (ms since 1970): for links that people open in a browser. It opens this
 * one path, by GET and HEAD, and nothing can be made of it but that.
 */
export function signedPath(path: string, secret: string, untilMs: number): string {
  const until = Math.floor(untilMs / 1000);
  return `${path}?until=${until}&signature=${signatureOf(path, secret, until)}`;
}

/** Whether a request is for a path that was signed with this secret, and still in time. */
export function isSigned(
  request: Pick<IncomingMessage, 'method' | 'url'>,
  secret: string,
  nowMs = Date.now(),
): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const given = new URLSearchParams(query);
  const until = given.get('until') ?? '';
  if (!/^\d{1,12}$/.test(until) || Number(until) * 1000 < nowMs) return false;
  return equalSecrets(given.get('signature') ?? '', signatureOf(path, secret, Number(until)));
}

const signatureOf = (path: string, secret: string, until: number): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([PURPOSE, path, until]))
    .digest('base64url');
