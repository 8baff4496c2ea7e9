import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { AppError } from '@showrunner/contracts';
import { TENANT_HEADER } from '../http/headers';

/**
 * Whose request this is, as the gateway found by the API key. Only trusted where the internal token is asked for.
 * @throws {AppError} `unauthorized` (401) when nobody said whose: nothing belongs to nobody
 */
export function tenantOf(request: IncomingMessage): string {
  const tenant = request.headers[TENANT_HEADER];
  if (typeof tenant === 'string' && tenant !== '') return tenant;
  throw new AppError('unauthorized', 'The request does not say in whose name it is made.', {
    status: 401,
    remedy: 'Send the request to the gateway, with an API key.',
  });
}

/** The tenant of the request, as a parameter of a handler. */
export const Tenant = createParamDecorator((_: unknown, context: ExecutionContext) =>
  tenantOf(context.switchToHttp().getRequest<IncomingMessage>()),
);
