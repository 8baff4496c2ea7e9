import type { IncomingMessage } from 'node:http';
import document from '../../../../docs/openapi.json' with { type: 'json' };

/** Routes of the gateway that the OpenAPI document says need no credentials: `POST /api/auth/sign-in`. */
const PUBLIC = new Set(
  Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, { security?: unknown[]; 'x-service': string }>)
      .filter(([, { security, 'x-service': service }]) => security?.length === 0 && service === 'gateway')
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  ),
);

/** Whether a request needs no credentials: those by which people come in. Written in any other way, it needs them. */
export const isPublicRoute = ({ method, url, headers }: IncomingMessage): boolean =>
  headers.upgrade === undefined && PUBLIC.has(`${method} ${(url ?? '').split('?', 1)[0]}`);
