import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AppError } from '@showrunner/contracts';
import { HOST_ENVIRONMENT } from './enter';

const run = promisify(execFile);

/** The disk of a sandbox, in its folder. */
export const DISK = 'disk.img';
const DETACH_MS = 30_000;

/**
 * An empty ext4 file system of `bytes`, made once per size and copied for each sandbox: copying 2 MiB of a sparse file takes a
 * third of the time of mkfs. No journal (the disk dies with its sandbox), more inodes than usual (node_modules).
 */
export async function diskTemplate(home: string, bytes: number): Promise<string> {
  const dir = join(home, '.templates');
  const path = join(dir, `ext4-${bytes}.img`);
  if (existsSync(path)) return path;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const unfinished = join(dir, `${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFile(unfinished, '', { mode: 0o600 });
    await truncate(unfinished, bytes);
    const options = [
      '-q',
      '-F',
      '-O',
      '^has_journal',
      '-m',
      '0',
      '-i',
      '8192',
      '-E',
      'lazy_itable_init=1,nodiscard',
    ];
    await run('mkfs.ext4', [...options, unfinished], { env: HOST_ENVIRONMENT });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return path;
}

async function isAttached(image: string): Promise<boolean> {
  const devices = (await readdir('/sys/block')).filter((name) => name.startsWith('loop'));
  const files = devices.map((name) =>
    readFile(`/sys/block/${name}/loop/backing_file`, 'utf8').catch(() => ''),
  );
  return (await Promise.all(files)).some((file) => file.trimEnd() === image);
}

/**
 * Waits until the kernel has unmounted the disk of ended processes and let go of its image: only then is it whole, and only then may it
 * be mounted again.
 * @throws AppError `sandbox_disk_busy` (retryable)
 */
export async function waitUntilDetached(folder: string): Promise<void> {
  for (const deadline = Date.now() + DETACH_MS; Date.now() < deadline; await delay(5))
    if (!(await isAttached(join(folder, DISK)))) return;
  throw new AppError('sandbox_disk_busy', 'The disk of the sandbox is still in use.', { retryable: true });
}

/**
 * Mends what a crash of the host left in the file system; a disk that was unmounted well is only looked at.
 * @throws AppError `sandbox_disk_broken`
 */
export async function checkDisk(folder: string): Promise<void> {
  try {
    await run('e2fsck', ['-p', join(folder, DISK)], { env: HOST_ENVIRONMENT });
  } catch (error) {
    // 1: it was mended.
    if ((error as { code?: number }).code === 1) return;
    throw new AppError('sandbox_disk_broken', `The disk of the sandbox cannot be used: ${String(error)}.`, {
      remedy: 'Build the project again; a new sandbox is made.',
      cause: error,
    });
  }
}
