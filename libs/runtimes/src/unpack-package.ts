import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { notFetched } from './registry-files';

const MOST_FILES = 20_000;
const MOST_UNPACKED = 600 * 2 ** 20;

/**
 * Writes the plain files of a package's tarball below `folder`, readable by everybody and, where the package says so, executable. Links, devices and
 * whatever would lie elsewhere are left out.
 * @param wanted tells by its path in the package whether a file is kept
 * @throws AppError `runtime_not_fetched` for what is no such tarball, or too large
 */
export async function unpackPackage(
  tarball: string,
  folder: string,
  wanted: (path: string) => boolean,
): Promise<void> {
  const entries = extract();
  let files = 0;
  let bytes = 0;
  const writing = (async () => {
    for await (const entry of entries) {
      const { name, type, mode = 0, size = 0 } = entry.header;
      const path = normalize(name.replace(/^[^/]*\//, ''));
      const isInside = path !== '.' && !path.startsWith('..') && !path.startsWith('/');
      if (type !== 'file' || !isInside || !wanted(path)) {
        entry.resume();
        continue;
      }
      files += 1;
      bytes += size;
      if (files > MOST_FILES || bytes > MOST_UNPACKED) throw notFetched('the package is too large');
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true, mode: 0o755 });
      await pipeline(entry, createWriteStream(target, { mode: (mode & 0o111) === 0 ? 0o644 : 0o755 }));
    }
  })();
  await Promise.all([writing, pipeline(createReadStream(tarball), createGunzip(), entries)]);
}
