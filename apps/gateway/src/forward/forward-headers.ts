import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { bodyFraming, withoutHopByHop } from '@showrunner/egress';
import {
  API_KEY_ID_HEADER,
  INTERNAL_HEADER_PREFIX,
  INTERNAL_TOKEN_HEADER,
  PERMISSIONS_HEADER,
  TENANT_HEADER,
  USER_HEADER,
} from '@showrunner/service';

/** Credentials are for the gateway alone, and it has already answered what a client expects before sending a body. */
const NOT_FORWARDED = new Set(['authorization', 'x-api-key', 'cookie', 'expect', 'host']);

/** What the gateway itself says about a request. */
const FOR_SERVICES = new Set([API_KEY_ID_HEADER, PERMISSIONS_HEADER, TENANT_HEADER, USER_HEADER]);

/** Headers for the inner service: those of the client less what ends here, plus the proof that the gateway asks. */
export function toInnerHeaders(headers: IncomingHttpHeaders, internalToken: string): OutgoingHttpHeaders {
  const kept = Object.entries(withoutHopByHop(headers)).filter(
    ([name]) =>
      !NOT_FORWARDED.has(name) && (!name.startsWith(INTERNAL_HEADER_PREFIX) || FOR_SERVICES.has(name)),
  );
  return { ...Object.fromEntries(kept), ...bodyFraming(headers), [INTERNAL_TOKEN_HEADER]: internalToken };
}

/** Headers for the client. */
export function toClientHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept = Object.entries(withoutHopByHop(headers));
  return Object.fromEntries(kept.filter(([name]) => !name.startsWith(INTERNAL_HEADER_PREFIX)));
}
