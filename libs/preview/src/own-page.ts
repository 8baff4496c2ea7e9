import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { portOf, type OriginPair } from './preview-origin';

/** Whether a page asks its own server under the name that the app has for it: for the app that is one origin, for the browser two. */
export const isOwnPage = ({ previewHost, page }: OriginPair): boolean =>
  page !== undefined && portOf(previewHost) === portOf(page.upstreamHost);

/** What lets a page read the answers of its own server, as it may without a preview; nothing for any other page. */
export function ownPageHeaders(headers: IncomingHttpHeaders, pair: OriginPair): OutgoingHttpHeaders {
  const origin = `http://${pair.page?.previewHost ?? ''}`;
  if (!isOwnPage(pair) || headers.origin !== origin) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    vary: 'origin',
  };
}

/** The answer to a browser that asks whether a page may ask its own server; undefined where the app answers. */
export function ownPagePreflight(
  method: string | undefined,
  headers: IncomingHttpHeaders,
  pair: OriginPair,
): OutgoingHttpHeaders | undefined {
  const asked = headers['access-control-request-method'];
  if (method !== 'OPTIONS' || asked === undefined || !isOwnPage(pair)) return undefined;
  return {
    ...ownPageHeaders(headers, pair),
    'access-control-allow-methods': asked,
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
  };
}
