import type { Prisma } from './generated/client';

/** A contract value as a JSON column takes it. Members that are undefined are dropped, as JSON has none. */
export function toJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
}

/** A JSON column as the contract type that was written into it. Only our own writes get there, checked at the edge. */
export function fromJson<T>(value: unknown): T {
  return value as T;
}

/** ISO 8601 in UTC with milliseconds, or null. */
export function isoOrNull(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
