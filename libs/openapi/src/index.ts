export { Operation, operationOf, Tag } from './operation';
export type { StreamOperation } from './describe-service';
export { idempotencyKey, listOf } from './repeated-parts';
