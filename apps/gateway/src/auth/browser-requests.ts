import type { IncomingMessage } from 'node:http';
import { AppError } from '@showrunner/contracts';

/** Name of the cookie that stands for an API key in a browser that signed in. */
export const SESSION_COOKIE = 'showrunner_session';
/** A header that only pages of our own can send: a page of somebody else would have to ask first, and is never allowed. */
export const OWN_PAGE_HEADER = 'x-requested-by';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const MAX_COOKIE_LENGTH = 512;

/**
 * A cookie of ours; undefined without one, or with several: which is ours cannot be told then.
 * @param most longer ones are none, characters
 */
export function sentCookie(
  request: IncomingMessage,
  cookie: string = SESSION_COOKIE,
  most = MAX_COOKIE_LENGTH,
): string | undefined {
  const [value, ...others] = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${cookie}=`))
    .map((pair) => pair.slice(cookie.length + 1));
  return value === undefined || value === '' || others.length > 0 || value.length > most ? undefined : value;
}

/**
 * Browsers send cookies by themselves, to any port of a host and whoever made the page: a request by cookie counts only from a page of our
 * own. What changes something needs a header that others cannot set, a WebSocket the origin that it goes to (RFC 6455, 10.2).
 * @throws {AppError} `cross_site_refused` (403)
 */
export function requireOwnPage(request: IncomingMessage): void {
  const { origin, upgrade } = request.headers;
  const mustShow = upgrade !== undefined || !SAFE_METHODS.has(request.method ?? '');
  const isShown =
    upgrade === undefined ? request.headers[OWN_PAGE_HEADER] !== undefined : origin !== undefined;
  if (!isForeign(request) && (!mustShow || isShown)) return;
  throw refused();
}

/**
 * For what is asked without a credential, as to sign in: no page of somebody else signs a browser in behind its user's back.
 * @throws {AppError} `cross_site_refused` (403)
 */
export function refuseForeignPage(request: IncomingMessage): void {
  if (isForeign(request)) throw refused();
}

/** Whether a browser says that a page of somebody else asks. */
function isForeign({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  return (
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && hostOf(origin) !== host)
  );
}

const refused = (): AppError =>
  new AppError('cross_site_refused', 'The request comes from a page that is not the studio’s.', {
    status: 403,
    remedy: `Ask from a page of the same address, with the header ${OWN_PAGE_HEADER}; programs send an API key instead.`,
  });

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    // `null`, or nothing that a browser sends.
    return undefined;
  }
}
