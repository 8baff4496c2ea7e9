import type { IncomingMessage } from 'node:http';
import { AppError } from '@showrunner/contracts';

/** Name of the cookie that stands for an API key in a browser that signed in. */
export const SESSION_COOKIE = 'showrunner_session';
/** A header that only pages of our own can send: a page of somebody else would have to ask first, and is never allowed. */
export const OWN_PAGE_HEADER = 'x-requested-by';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const MAX_COOKIE_LENGTH = 512;

/** The session's cookie; undefined without one, or with several: which is ours cannot be told then. */
export function sentCookie(request: IncomingMessage): string | undefined {
  const [value, ...others] = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`))
    .map((pair) => pair.slice(SESSION_COOKIE.length + 1));
  return value === undefined || value === '' || others.length > 0 || value.length > MAX_COOKIE_LENGTH
    ? undefined
    : value;
}

/**
 * Browsers send cookies by themselves, to any port of a host and whoever made the page: a request by cookie counts only from a page of our
 * own. What changes something needs a header that others cannot set, a WebSocket the origin that it goes to (RFC 6455, 10.2).
 * @throws {AppError} `cross_site_refused` (403)
 */
export function requireOwnPage(request: IncomingMessage): void {
  const { origin, host, upgrade } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isForeign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && hostOf(origin) !== host);
  const mustShow = upgrade !== undefined || !SAFE_METHODS.has(request.method ?? '');
  const isShown =
    upgrade === undefined ? request.headers[OWN_PAGE_HEADER] !== undefined : origin !== undefined;
  if (!isForeign && (!mustShow || isShown)) return;
  throw new AppError('cross_site_refused', 'The request comes from a page that is not the studio’s.', {
    status: 403,
    remedy: `Ask from a page of the same address, with the header ${OWN_PAGE_HEADER}; programs send an API key instead.`,
  });
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    // `null`, or nothing that a browser sends.
    return undefined;
  }
}
