import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { createGzip } from 'node:zlib';
import { AppError, InvalidInputError, MAX_ARCHIVE_BYTES } from '@showrunner/contracts';
import { pack } from 'tar-stream';
import type { Pack } from 'tar-stream';
import { IgnoreRules } from './ignore-rules';
import { archiveTooLarge } from './source-argument';

/** Never part of a source: installed again in the sandbox, or nobody's business. */
const LEFT_OUT = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '.venv',
  'venv',
  '__pycache__',
  '.pytest_cache',
  '.next',
  '.nuxt',
  '.turbo',
  '.cache',
  '.DS_Store',
  '.showrunner',
]);

/**
 * Packs a folder to a tar.gz in memory, at most 100 MB: files, folders, and links that stay inside, but nothing that a `.gitignore` in it names.
 * @throws InvalidInputError `folder_empty`, `folder_unreadable`, `archive_too_large`
 */
export async function packFolder(folder: string): Promise<Buffer> {
  const tar = pack();
  const gzip = createGzip({ level: 3 });
  const chunks: Buffer[] = [];
  let bytes = 0;
  gzip.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_ARCHIVE_BYTES) gzip.destroy(archiveTooLarge(folder, bytes));
  });
  const packed = new Promise<void>((resolve, reject) => {
    gzip.once('end', resolve);
    gzip.once('error', reject);
  });
  tar.pipe(gzip);
  const files = addFolder(tar, folder, '', IgnoreRules.none).then((count) => {
    tar.finalize();
    return count;
  });
  const [count] = await Promise.all([files, packed]).catch((cause: unknown) => {
    throw cause instanceof AppError ? cause : folderUnreadable(folder, cause);
  });
  if (count === 0) {
    throw new InvalidInputError('folder_empty', `"${folder}" has no files.`, {
      remedy: 'Name the folder that holds the app.',
    });
  }
  return Buffer.concat(chunks);
}

function folderUnreadable(folder: string, cause: unknown): InvalidInputError {
  const { path: place } = cause as NodeJS.ErrnoException;
  return new InvalidInputError('folder_unreadable', `"${place ?? folder}" cannot be read.`, {
    remedy: 'Check that you may read every file of the folder, and that nothing changes it meanwhile.',
    cause,
  });
}

/** Adds what lies in `relative` and answers the number of files. */
async function addFolder(tar: Pack, root: string, relative: string, above: IgnoreRules): Promise<number> {
  let files = 0;
  const names = (await readdir(path.join(root, relative))).sort();
  const rules = names.includes('.gitignore') ? await above.within(root, relative) : above;
  for (const name of names) {
    if (LEFT_OUT.has(name)) continue;
    const entry = path.posix.join(relative, name);
    const absolute = path.join(root, entry);
    const stats = await lstat(absolute);
    if (rules.ignore(entry, stats.isDirectory())) continue;
    if (stats.isDirectory()) files += await addFolder(tar, root, entry, rules);
    else if (stats.isFile()) {
      await addFile(tar, absolute, entry, stats.size, stats.mode);
      files += 1;
    } else if (stats.isSymbolicLink()) files += await addLink(tar, root, absolute, entry);
  }
  return files;
}

async function addFile(tar: Pack, absolute: string, name: string, size: number, mode: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const entry = tar.entry({ name, size, mode: mode & 0o777 }, (error) =>
      error ? reject(error) : resolve(),
    );
    if (size === 0) return void entry.end(Buffer.alloc(0));
    createReadStream(absolute, { end: size - 1 })
      .once('error', reject)
      .pipe(entry);
  });
}

/** A link that leaves the folder would show files of this machine: it is left out. */
async function addLink(tar: Pack, root: string, absolute: string, name: string): Promise<number> {
  const linkname = await readlink(absolute);
  const target = path.resolve(path.dirname(absolute), linkname);
  if (path.isAbsolute(linkname) || !target.startsWith(`${root}${path.sep}`)) return 0;
  await new Promise<void>((resolve, reject) =>
    tar.entry({ name, type: 'symlink', linkname }, (error) => (error ? reject(error) : resolve())),
  );
  return 1;
}
