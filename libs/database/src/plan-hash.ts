import { createHash } from 'node:crypto';
import { canonicalJson } from '@showrunner/contracts';

/** Lower-case hex SHA-256 of the canonical JSON: the hash of a plan. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
