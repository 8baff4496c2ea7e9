/** What an upload is by its first bytes, whatever its name says. `other` names what we recognise and do not take. */
export type ArchiveKind =
  | { kind: 'zip' | 'tar' | 'tar.gz' }
  | { kind: 'other'; what: string }
  | { kind: 'empty' }
  | { kind: 'unknown' };

/** Bytes that are enough to tell. */
export const HEAD_BYTES = 512;

const SIGNATURES: readonly { bytes: readonly number[]; kind: ArchiveKind }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: { kind: 'zip' } },
  { bytes: [0x50, 0x4b, 0x05, 0x06], kind: { kind: 'empty' } },
  { bytes: [0x1f, 0x8b], kind: { kind: 'tar.gz' } },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: { kind: 'other', what: 'a zstd archive' } },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], kind: { kind: 'other', what: 'an xz archive' } },
  { bytes: [0x42, 0x5a, 0x68], kind: { kind: 'other', what: 'a bzip2 archive' } },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], kind: { kind: 'other', what: 'a 7z archive' } },
  { bytes: [0x52, 0x61, 0x72, 0x21], kind: { kind: 'other', what: 'a rar archive' } },
  { bytes: [0x25, 0x50, 0x44, 0x46], kind: { kind: 'other', what: 'a PDF' } },
];

/**
 * Tells archives by their first bytes (up to HEAD_BYTES).
 * Sources: APPNOTE.TXT 4.3 (zip), RFC 1952 2.3.1 (gzip), POSIX pax "ustar" (tar; the checksum also finds tar files older than ustar).
 */
export function archiveKind(head: Buffer): ArchiveKind {
  if (head.length === 0) return { kind: 'empty' };
  const signature = SIGNATURES.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (signature !== undefined) return signature.kind;
  if (head.length < HEAD_BYTES) return { kind: 'unknown' };
  if (head.every((byte) => byte === 0)) return { kind: 'empty' };
  return hasTarChecksum(head) ? { kind: 'tar' } : { kind: 'unknown' };
}

const CHECKSUM_AT = 148;
const CHECKSUM_LENGTH = 8;

/** The sum over the header block, its own field counted as blanks, in octal. */
function hasTarChecksum(head: Buffer): boolean {
  const field = head.toString('latin1', CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_LENGTH);
  const stated = /^\s*([0-7]{1,8})[\s\0]*$/.exec(field)?.[1];
  if (stated === undefined) return false;
  let sum = CHECKSUM_LENGTH * 0x20;
  for (let index = 0; index < HEAD_BYTES; index++) {
    if (index < CHECKSUM_AT || index >= CHECKSUM_AT + CHECKSUM_LENGTH) sum += head[index] ?? 0;
  }
  return sum === Number.parseInt(stated, 8);
}
