import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { withoutHopByHop } from '@showrunner/egress';
import { toPreviewCookie, toPreviewUrl, toUpstreamUrl, type OriginPair } from './preview-origin';

const VIA = '1.1 showrunner-preview';
const MAX_HOPS = 3;
const PLATFORM_HEADER = /^(x-api-key|x-showrunner-.*|x-forwarded-.*|forwarded|x-real-ip|expect)$/;
const PLATFORM_COOKIE = /^\s*showrunner[_-]/i;
const PLATFORM_KEY = /^bearer\s+sk_/i;
/** What a server says about its own connection, and would poison other apps on localhost. */
const REPLY_DROPPED = ['strict-transport-security', 'alt-svc'];

/** True when the request has gone round through this proxy already. */
export function hasLooped(headers: IncomingHttpHeaders): boolean {
  return (headers.via ?? '').split(',').filter((hop) => hop.trim() === VIA).length >= MAX_HOPS;
}

/**
 * What the app is shown: itself as host and origin (dev servers refuse strangers), and nothing of the platform's credentials.
 * No X-Forwarded-*: frameworks that compare them with Origin would see two different hosts.
 */
export function toUpstreamHeaders(headers: IncomingHttpHeaders, pair: OriginPair): OutgoingHttpHeaders {
  const kept: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(withoutHopByHop(headers)))
    if (!PLATFORM_HEADER.test(name)) kept[name] = value;
  if (PLATFORM_KEY.test(headers.authorization ?? '')) delete kept.authorization;
  if (headers.cookie !== undefined) {
    const cookies = headers.cookie.split(';').filter((cookie) => !PLATFORM_COOKIE.test(cookie));
    if (cookies.length > 0) kept.cookie = cookies.join(';').trim();
    else delete kept.cookie;
  }
  for (const name of ['origin', 'referer'] as const) {
    const value = headers[name];
    if (value !== undefined) kept[name] = toUpstreamUrl(value, { ...pair, ...pair.page });
  }
  kept.host = pair.upstreamHost;
  kept.via = headers.via === undefined ? VIA : `${headers.via}, ${VIA}`;
  return kept;
}

/** The reply as the browser must see it: links to the app lead to the preview. */
export function toPreviewHeaders(headers: IncomingHttpHeaders, pair: OriginPair): OutgoingHttpHeaders {
  const kept = withoutHopByHop(headers);
  for (const name of REPLY_DROPPED) delete kept[name];
  for (const name of ['location', 'content-location', 'access-control-allow-origin'] as const) {
    const value = headers[name];
    if (value !== undefined) kept[name] = toPreviewUrl(value, { ...pair, ...pair.page });
  }
  const cookies = headers['set-cookie'];
  if (cookies !== undefined) kept['set-cookie'] = cookies.map((cookie) => toPreviewCookie(cookie, pair));
  return kept;
}
