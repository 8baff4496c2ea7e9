import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { TENANT_HEADER } from '../http/headers';

const DEFAULT_TENANT = 'default';

/** Whose request this is, as the gateway found by the API key. Only trusted where the internal token is asked for. */
export function tenantOf(request: IncomingMessage): string {
  const tenant = request.headers[TENANT_HEADER];
  return typeof tenant === 'string' && tenant !== '' ? tenant : DEFAULT_TENANT;
}

/** The tenant of the request, as a parameter of a handler. */
export const Tenant = createParamDecorator((_: unknown, context: ExecutionContext) =>
  tenantOf(context.switchToHttp().getRequest<IncomingMessage>()),
);
