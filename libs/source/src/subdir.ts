import { InvalidInputError } from '@showrunner/contracts';
import type { ExecOptions, Sandbox } from '@showrunner/sandbox';
import check from './check-subdir.py';

/** Answers whether a folder is really inside /app once every link in its path is followed. */
const CHECK = check;

/** @throws InvalidInputError `subdir_not_found` */
export async function checkSubdir(sandbox: Sandbox, subdir: string, options: ExecOptions): Promise<void> {
  const isPlain = !subdir.startsWith('/') && !subdir.includes('\0') && !subdir.split(/[/\\]/).includes('..');
  if (isPlain) {
    const found = await sandbox.exec(['python3', '-I', '-c', CHECK, subdir], options);
    if (found.exitCode === 0 && found.stdout.trim() === 'yes') return;
  }
  throw new InvalidInputError('subdir_not_found', `The source has no folder "${subdir.slice(0, 200)}".`, {
    remedy: 'Give a folder that exists, relative to the root of the source, without "..".',
  });
}
