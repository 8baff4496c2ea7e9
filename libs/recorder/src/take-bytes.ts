import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** A take file wherever it lies: on this machine or in the object store. */
export interface TakeBytes {
  /** Length of the file. */
  bytes: number;
  /** So many bytes from `offset` on; fewer when the file ends before. */
  read(offset: number, length: number): Promise<Buffer>;
}

const FINGERPRINT_BYTES = 64 * 1024;

/**
 * Tells one take file from another, and from itself before it was continued, without reading it: SHA-256 of its first and last 64 KiB.
 * Takes are only ever appended to, and begin with the moment of their first frame.
 */
export async function takeFingerprint(take: TakeBytes): Promise<string> {
  const length = Math.min(FINGERPRINT_BYTES, take.bytes);
  const ends = [await take.read(0, length), await take.read(take.bytes - length, length)];
  return createHash('sha256').update(Buffer.concat(ends)).digest('hex');
}

/** A take file on this machine, open for reading. `close` it. */
export async function openTakeFile(path: string): Promise<TakeBytes & { close(): Promise<void> }> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  return {
    bytes: size,
    read: async (offset, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}
