import { encodeHeader, END_OF_ARCHIVE, padding } from '../files/tar/tar-header';

interface EntryOptions {
  type?: string;
  content?: string;
  mode?: number;
  linkName?: string;
}

/** One entry of an archive, just as it is asked for. */
export function entry(
  name: string,
  { type = '0', content = '', mode = 0o644, linkName = '' }: EntryOptions,
): Buffer {
  const bytes = Buffer.from(content);
  const raw = Buffer.from(name).toString('latin1');
  return Buffer.concat([
    encodeHeader({ name: raw, type, mode, size: bytes.length, mtime: 1_700_000_000, linkName }),
    bytes,
    padding(bytes.length),
  ]);
}

export const tarOf = (...entries: Buffer[]): Buffer => Buffer.concat([...entries, END_OF_ARCHIVE]);
