import { SetMetadata } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { AppError } from '@showrunner/contracts';
import type { Permission } from '@showrunner/contracts';
import { operationOf } from '@showrunner/openapi';
import { PERMISSIONS_HEADER } from '../http/headers';

const ELSEWHERE = 'permission:asked-elsewhere';
/** For a handler that only hands requests on: the service that answers them asks. */
export const AskedWhereAnswered = (): ClassDecorator => SetMetadata(ELSEWHERE, true);

/** Whether the key of a request may do something, as the gateway noted it. */
export const hasPermission = (request: IncomingMessage, permission: Permission): boolean =>
  String(request.headers[PERMISSIONS_HEADER] ?? '')
    .split(',')
    .includes(permission);

/**
 * Holds a request to what its key may do.
 * @throws {AppError} `permission_missing` (403)
 */
export function requirePermission(request: IncomingMessage, permission: Permission): void {
  if (hasPermission(request, permission)) return;
  throw new AppError(
    'permission_missing',
    `This key may not do this: it lacks the permission "${permission}".`,
    {
      status: 403,
      remedy: `Use a key with "${permission}"; an operator makes one: showrunner keys create <name> --permissions ${permission}.`,
    },
  );
}

/** Asks of every route the permission that stands at it; a route without a description is for operators. */
export class PermissionGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const controller = context.getClass<object>();
    if (Reflect.getMetadata(ELSEWHERE, controller) === true) return true;
    const operation = operationOf(controller.prototype as object, context.getHandler().name);
    if (operation?.isPublic === true) return true;
    requirePermission(
      context.switchToHttp().getRequest<IncomingMessage>(),
      operation?.permission ?? 'operate',
    );
    return true;
  }
}
