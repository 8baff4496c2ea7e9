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

/** Bump it when what `makeTemplate` makes changes: templates outlive versions of this program. */
const TEMPLATE = 'v2';
/**
 * No journal: a sandbox's disk is unmounted well or checked before it is mounted again. More inodes than usual, for node_modules. No
 * copies of the superblock and all tables in one place: 120 KiB to copy instead of 2.7 MiB.
 */
const MKFS_OPTIONS = [
  ...['-q', '-F', '-O', '^has_journal,^resize_inode,sparse_super2', '-m', '0', '-i', '8192'],
  ...['-E', 'lazy_itable_init=1,nodiscard,num_backup_sb=0,packed_meta_blocks=1'],
];

/** File name of the template of a size. */
export const templateName = (bytes: number): string => `ext4-${TEMPLATE}-${bytes}.img`;

/**
 * An ext4 file system of `bytes` with an empty folder `app` and one `home`, made once per size and copied for each sandbox: copying a
 * sparse file takes a fraction of the time of mkfs.
 */
export async function diskTemplate(home: string, bytes: number): Promise<string> {
  const dir = join(home, '.templates');
  const path = join(dir, templateName(bytes));
  if (existsSync(path)) return path;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const unfinished = join(dir, `${randomBytes(6).toString('hex')}.tmp`);
  const content = `${unfinished}.d`;
  try {
    for (const name of ['app', 'home']) await mkdir(join(content, name), { recursive: true, mode: 0o755 });
    await writeFile(unfinished, '', { mode: 0o600 });
    await truncate(unfinished, bytes);
    await run('mkfs.ext4', [...MKFS_OPTIONS, '-d', content, unfinished], { env: HOST_ENVIRONMENT });
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
    await rm(content, { recursive: true, force: true });
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
