import { AppError } from '@showrunner/contracts';
import { DEFAULT_TENANT } from '@showrunner/database';

/** Until there are roles, the keys of the first tenant are the operator's. @throws {AppError} `forbidden` (403) */
export function requireOperator(tenantId: string): void {
  if (tenantId === DEFAULT_TENANT) return;
  throw new AppError('forbidden', 'Only an operator may do this.', {
    status: 403,
    remedy: 'Use an API key of the operator.',
  });
}
