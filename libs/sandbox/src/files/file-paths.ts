import { isUtf8 } from 'node:buffer';
import { InvalidInputError } from '@showrunner/contracts';

const MAX_PATH_BYTES = 4096;
/** A byte of a name that is not UTF-8 stands in a path as U+DC80 to U+DCFF, as in Python's `surrogateescape`. */
const ESCAPED_BYTE = /[\uDC80-\uDCFF]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The path without slashes at its end. @throws InvalidInputError `file_path_invalid` */
export function requirePath(path: string): string {
  const bytes = encodePath(path);
  if (!path.startsWith('/') || bytes === undefined || bytes.includes(0) || bytes.length > MAX_PATH_BYTES)
    throw new InvalidInputError(
      'file_path_invalid',
      `${JSON.stringify(path.slice(0, 200))} is not a path in the sandbox.`,
      { remedy: 'Give an absolute path of at most 4096 bytes.' },
    );
  return path.replace(/(?<=.)\/+$/, '');
}

/** A name as the file system has it; bytes that are not UTF-8 are kept, see `ESCAPED_BYTE`. */
export function decodePath(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    text +=
      length === 0 ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) : bytes.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return text;
}

/** Bytes of the well-formed character at `at`, 0 when there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++)
    if (isUtf8(bytes.subarray(at, at + length))) return length;
  return 0;
}

/** The opposite of `decodePath`; undefined for text that stands for no bytes. */
export function encodePath(path: string): Buffer | undefined {
  const parts = path.split(/([\uD800-\uDBFF][\uDC00-\uDFFF]|[\uDC80-\uDCFF])/);
  const encoded = parts.map((part) =>
    part.length === 1 && ESCAPED_BYTE.test(part)
      ? Buffer.from([part.charCodeAt(0) - 0xdc00])
      : LONE_SURROGATE.test(part)
        ? undefined
        : Buffer.from(part),
  );
  return encoded.every((part) => part !== undefined) ? Buffer.concat(encoded) : undefined;
}

const DECODE = `path=$(printf '%b.' "$1"); path=\${path%.}; shift; set -- "$path" "$@"\n`;

/**
 * argv of a shell script whose `$1` is the path and whose further arguments are `rest`. An argv is UTF-8, so a path with other bytes goes in
 * escaped.
 */
export function pathCommand(script: string, path: string, ...rest: string[]): string[] {
  const plain = !ESCAPED_BYTE.test(path.replaceAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, ''));
  if (plain) return ['/bin/sh', '-c', script, 'files', path, ...rest];
  const escaped = [...(encodePath(path) ?? [])].map((byte) => `\\0${byte.toString(8)}`).join('');
  return ['/bin/sh', '-c', DECODE + script, 'files', escaped, ...rest];
}
