import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '@showrunner/contracts';
import { HOST_ENVIRONMENT } from './enter';
import { DISK } from './disk-image';

const run = promisify(execFile);
/** Fastest first; which of them made an archive shows in its name. */
const COMPRESSORS = [
  { program: 'zstd', file: 'disk.tar.zst' },
  { program: 'gzip', file: 'disk.tar.gz' },
];

const UNFINISHED = 'archive.tmp';

/** Makes what was written to a file or a folder's list of names last through a power failure. */
export async function makeDurable(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function archiveIn(folder: string): { program: string; path: string } | undefined {
  return COMPRESSORS.map(({ program, file }) => ({ program, path: join(folder, file) })).find(({ path }) =>
    existsSync(path),
  );
}

export const archivePath = (folder: string): string | undefined => archiveIn(folder)?.path;

async function tar(args: string[]): Promise<void> {
  try {
    await run('tar', args, { env: HOST_ENVIRONMENT, cwd: '/' });
  } catch (error) {
    throw new AppError('sandbox_archive_failed', `The archive could not be handled: ${String(error)}.`, {
      remedy: 'See that the disk of the data folder has room, then do it again.',
      retryable: true,
      cause: error,
    });
  }
}

/**
 * Packs the disk of a stopped sandbox. Its image is packed as the bytes that it is: names, owners, modes and links in it are read by
 * nobody, so nothing hostile in them can lead anywhere; free space is holes and costs nothing. Complete once it has its name.
 */
export async function packDisk(folder: string): Promise<void> {
  await removeArchive(folder);
  const found = COMPRESSORS.find(
    ({ program }) => spawnSync(program, ['--version'], { env: HOST_ENVIRONMENT }).error === undefined,
  );
  if (found === undefined) throw new AppError('sandbox_archive_failed', 'Neither zstd nor gzip is here.');
  const unfinished = join(folder, UNFINISHED);
  await tar(['--sparse', '-C', folder, `--use-compress-program=${found.program}`, '-cf', unfinished, DISK]);
  await makeDurable(unfinished);
  await rename(unfinished, join(folder, found.file));
  await makeDurable(folder);
}

/** Brings the disk back; nothing when it is there. The archive stays until `removeArchive`. */
export async function unpackDisk(folder: string): Promise<void> {
  const image = join(folder, DISK);
  const archive = archiveIn(folder);
  if (existsSync(image)) return;
  if (archive === undefined)
    throw new AppError('sandbox_archive_failed', 'The archive of the sandbox is missing.', { status: 410 });
  const dir = join(folder, 'restoring');
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { mode: 0o700 });
  await tar(['-C', dir, `--use-compress-program=${archive.program}`, '-xSf', archive.path, DISK]);
  await makeDurable(join(dir, DISK));
  await rename(join(dir, DISK), image);
  await rm(dir, { recursive: true, force: true });
}

export async function removeArchive(folder: string): Promise<void> {
  for (const file of [...COMPRESSORS.map(({ file }) => file), UNFINISHED])
    await rm(join(folder, file), { force: true });
}
