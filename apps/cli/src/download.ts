import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { AppError } from '@showrunner/contracts';

/**
 * Writes an answer to a file, whole or not at all; false when the server has no such thing.
 * @param asked a `GET` with `parseAs: 'stream'`
 */
export async function download(
  asked: Promise<{ data?: ReadableStream | null }>,
  file: string,
): Promise<boolean> {
  let body: ReadableStream | null | undefined;
  try {
    ({ data: body } = await asked);
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return false;
    throw error;
  }
  const partial = `${file}.part`;
  // Without a body the answer is an empty file.
  await pipeline(body ? Readable.fromWeb(body as NodeStream) : Readable.from([]), createWriteStream(partial));
  await rename(partial, file);
  return true;
}
