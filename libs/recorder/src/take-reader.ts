import { unreadable } from './index-take';
import { parseTake } from './parse-take.mjs';
import type { ParsedTake } from './take-file.types';

/**
 * Parses a take file here and now, blocking for as long as the file is long: for short files and tests. What serves others calls
 * `indexTake`.
 * @throws AppError `take_unreadable` when not even the header is whole.
 */
export function readTakeIndex(path: string): ParsedTake {
  const take = parseTake(path);
  if (take === null) throw unreadable(path);
  return take;
}
