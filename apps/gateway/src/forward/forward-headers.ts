import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import {
  API_KEY_ID_HEADER,
  INTERNAL_HEADER_PREFIX,
  INTERNAL_TOKEN_HEADER,
  TENANT_HEADER,
} from '@showrunner/service';

/** RFC 9110 section 7.6.1: headers that end at this hop, besides those that `Connection` names. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** Credentials are for the gateway alone, and it has already answered what a client expects before sending a body. */
const NOT_FORWARDED = new Set(['authorization', 'x-api-key', 'cookie', 'expect', 'host']);

/** What the gateway itself says about a request. */
const FOR_SERVICES = new Set([API_KEY_ID_HEADER, TENANT_HEADER]);

/** Headers for the inner service: those of the client less what ends here, plus the proof that the gateway asks. */
export function toInnerHeaders(headers: IncomingHttpHeaders, internalToken: string): OutgoingHttpHeaders {
  const kept = endToEnd(headers).filter(
    ([name]) =>
      !NOT_FORWARDED.has(name) && (!name.startsWith(INTERNAL_HEADER_PREFIX) || FOR_SERVICES.has(name)),
  );
  const framing = headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' };
  return { ...Object.fromEntries(kept), ...framing, [INTERNAL_TOKEN_HEADER]: internalToken };
}

/** Headers for the client. */
export function toClientHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(endToEnd(headers).filter(([name]) => !name.startsWith(INTERNAL_HEADER_PREFIX)));
}

function endToEnd(headers: IncomingHttpHeaders): [string, string | string[]][] {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  return Object.entries(headers).filter(
    (entry): entry is [string, string | string[]] =>
      entry[1] !== undefined && !HOP_BY_HOP.has(entry[0]) && !named.has(entry[0]),
  );
}
