import type { IncomingMessage } from 'node:http';
import { API_KEY_ID_HEADER, TENANT_HEADER, USER_HEADER } from '../http/headers';

/**
 * Who makes a request, for what is counted or kept for each: a key, or a person in one of his tenants. Undefined for what needs neither.
 * Only trusted where the gateway asks.
 */
export function callerIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const key = headers[API_KEY_ID_HEADER];
  if (typeof key === 'string') return key;
  const user = headers[USER_HEADER];
  return typeof user === 'string' ? `user:${user}@${String(headers[TENANT_HEADER])}` : undefined;
}
