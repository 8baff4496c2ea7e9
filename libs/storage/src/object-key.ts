import { InvalidInputError } from '@showrunner/contracts';

const MAX_KEY_BYTES = 900;
const MAX_SEGMENT_BYTES = 200;
const FORBIDDEN = /[\u0000-\u001f\u007f\\]/;

/**
 * Parts of a key between slashes, none of which can leave the store's folder or name a hidden file.
 * @throws {InvalidInputError} `bad_object_key`
 */
export function keySegments(key: string): string[] {
  const segments = key.split('/');
  const isSafe = (segment: string): boolean =>
    segment !== '' && !segment.startsWith('.') && Buffer.byteLength(segment) <= MAX_SEGMENT_BYTES;
  if (Buffer.byteLength(key) > MAX_KEY_BYTES || FORBIDDEN.test(key) || !segments.every(isSafe)) {
    throw new InvalidInputError(
      'bad_object_key',
      `"${key.slice(0, 100)}" cannot be the key of a stored object.`,
      {
        remedy:
          'Use names without "..", leading dots, backslashes or control characters, separated by single slashes.',
      },
    );
  }
  return segments;
}

/** A user's file name as one segment of a key: its end, which tells the type, is kept. */
export function safeFileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '');
  return plain.slice(-100).replace(/^[.-]+/, '') || 'file';
}
