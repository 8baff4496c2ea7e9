import { getSystemErrorMap, types } from 'node:util';

/** Sentences for what a person may have done; the rest is told as the system tells it. */
const OF_CODES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file.',
  ENOTDIR: 'there is no such file.',
  EISDIR: 'it is a folder.',
  EACCES: 'you may not read it.',
  EPERM: 'you may not read it.',
};

/** Why a file that was named on the command line cannot be read, as the end of a sentence. */
export function whyUnreadable(cause: unknown): string {
  if (!types.isNativeError(cause)) return String(cause);
  const { code = '', errno } = cause as NodeJS.ErrnoException;
  // Of its own message, `ENOENT: … open '/x'`, people can read the middle alone.
  return OF_CODES[code] ?? (errno === undefined ? cause.message : `${getSystemErrorMap().get(errno)?.[1]}.`);
}
