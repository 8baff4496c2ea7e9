import { posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { InvalidInputError } from '@showrunner/contracts';
import { pack } from 'tar-stream';

/**
 * A body of known length as a tar stream with this one file, so that it reaches the sandbox as it comes.
 * @throws {InvalidInputError} `file_path_invalid`
 */
export function bodyAsTar(
  body: Readable,
  file: { path: string; length: number; mode: number },
): { folder: string; tar: Readable } {
  const path = posix.normalize(file.path);
  const name = posix.basename(path);
  if (name === '' || file.path.endsWith('/')) {
    throw new InvalidInputError('file_path_invalid', `${file.path} names a folder.`, {
      remedy: 'Name the file, e.g. /app/notes.txt.',
    });
  }
  const tar = pack();
  const entry = tar.entry({ name, size: file.length, mode: file.mode });
  pipeline(body, entry).then(
    () => tar.finalize(),
    (error: unknown) => tar.destroy(error instanceof Error ? error : undefined),
  );
  return {
    folder: posix.dirname(path),
    tar: Readable.from(tar as AsyncIterable<Buffer>, { objectMode: false }),
  };
}
