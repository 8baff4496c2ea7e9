import { InvalidInputError } from '@showrunner/contracts';
import type { ByteRange } from './object-store';

/**
 * The range that is sent of an object of this length, its end cut to the last byte.
 * @throws {InvalidInputError} `range_not_satisfiable`, status 416 (RFC 9110 section 15.5.17)
 */
export function resolveRange(range: ByteRange | undefined, bytes: number): { start: number; end: number } {
  if (range === undefined) return { start: 0, end: bytes - 1 };
  const { start, end = bytes - 1 } = range;
  if (
    !Number.isSafeInteger(start) ||
    !Number.isSafeInteger(end) ||
    start < 0 ||
    start >= bytes ||
    end < start
  ) {
    throw new InvalidInputError(
      'range_not_satisfiable',
      `Bytes ${start} to ${end} do not exist: there are ${bytes}.`,
      {
        status: 416,
        remedy: 'Ask for a range that begins before the end, or for the whole.',
        details: { bytes },
      },
    );
  }
  return { start, end: Math.min(end, bytes - 1) };
}

/**
 * Reads one `Range: bytes=...` header. Several ranges, other units and nonsense answer undefined: then the whole is sent, as RFC 9110
 * section 14.2 allows.
 */
export function parseRangeHeader(header: string | undefined, bytes: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '')
    return Number(last) === 0 ? { start: bytes } : { start: Math.max(0, bytes - Number(last)) };
  if (last === '') return { start: Number(first) };
  return Number(last) < Number(first) ? undefined : { start: Number(first), end: Number(last) };
}
