import type { Schemas } from '../api/client';

/** Until a sandbox is stopped if nobody uses it, ms; null: it is not. Never below zero. */
export function timeLeftMs(
  { lastUsedAt, idleTimeoutMs, deadlineAt }: Schemas['SandboxResource']['lease'],
  now: number,
): number | null {
  const ends = [
    ...(idleTimeoutMs === null ? [] : [Date.parse(lastUsedAt) + idleTimeoutMs]),
    ...(deadlineAt === null ? [] : [Date.parse(deadlineAt)]),
  ];
  return ends.length === 0 ? null : Math.max(0, Math.min(...ends) - now);
}
