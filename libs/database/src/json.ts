import type { Prisma } from './generated/client';

/**
 * A contract value as a JSON column takes it. Members that are undefined are dropped, as JSON has none; NUL and halves of surrogate pairs,
 * which PostgreSQL refuses (22P05) and any page or command may say, become U+FFFD.
 */
export function toJson(value: unknown): Prisma.InputJsonValue {
  // What `JSON.stringify` escapes that way; a pair of backslashes is text and stays.
  const text = JSON.stringify(value).replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (escaped) =>
    escaped === '\\\\' ? escaped : '\\ufffd',
  );
  return JSON.parse(text) as Prisma.InputJsonValue;
}

/** A JSON column as the contract type that was written into it. Only our own writes get there, checked at the edge. */
export function fromJson<T>(value: unknown): T {
  return value as T;
}

/** ISO 8601 in UTC with milliseconds, or null. */
export function isoOrNull(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
