import type { IncomingMessage, ServerResponse } from 'node:http';
import { sentCookie, SESSION_COOKIE } from './browser-requests';

/** A JWT, for a few minutes; sent with every request. */
export const ACCESS_COOKIE = 'showrunner_access';
/** What the next one is got with; sent where that is done alone. */
export const REFRESH_COOKIE = 'showrunner_refresh';
const REFRESH_PATH = '/api/auth';
const MAX_ACCESS_LENGTH = 1_024;

export const sentAccess = (request: IncomingMessage): string | undefined =>
  sentCookie(request, ACCESS_COOKIE, MAX_ACCESS_LENGTH);
export const sentRefresh = (request: IncomingMessage): string | undefined =>
  sentCookie(request, REFRESH_COOKIE);

/**
 * Signs a browser in. Both cookies live as long as the session may: that the first one is past its end is told then, and can be mended. A
 * cookie that stood for a key goes.
 */
export function setPersonCookies(
  request: IncomingMessage,
  response: ServerResponse,
  { access, refresh, expiresAt }: { access: string; refresh: string; expiresAt: string },
): void {
  const seconds = Math.max(1, Math.floor((Date.parse(expiresAt) - Date.now()) / 1000));
  response.setHeader('Set-Cookie', [
    cookie(request, { name: ACCESS_COOKIE, value: access, path: '/', seconds }),
    cookie(request, { name: REFRESH_COOKIE, value: refresh, path: REFRESH_PATH, seconds }),
    cookie(request, { name: SESSION_COOKIE, value: '', path: '/', seconds: 0 }),
  ]);
}

/** Those of a person, ended, where this browser has any. */
export const endedPersonCookiesOf = (request: IncomingMessage): string[] =>
  (request.headers.cookie ?? '').includes(`${ACCESS_COOKIE}=`) ? endedPersonCookies(request) : [];

/** Those of a person, ended. */
export const endedPersonCookies = (request: IncomingMessage): string[] => [
  cookie(request, { name: ACCESS_COOKIE, value: '', path: '/', seconds: 0 }),
  cookie(request, { name: REFRESH_COOKIE, value: '', path: REFRESH_PATH, seconds: 0 }),
];

/** `Secure` where the browser speaks TLS with a proxy in front of us: on loopback there is none. */
export const cookie = (
  request: IncomingMessage,
  given: { name: string; value: string; path: string; seconds: number; sameSite?: 'Strict' | 'Lax' },
): string =>
  `${given.name}=${given.value}; Path=${given.path}; Max-Age=${given.seconds}; HttpOnly; SameSite=${given.sameSite ?? 'Strict'}` +
  (request.headers['x-forwarded-proto'] === 'https' ? '; Secure' : '');
