import { AppError, InvalidInputError, type Source } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import { unpackArchive } from './archive/unpack-archive';
import type { FetchedSource, FetchOptions } from './fetch.types';
import { fetchGit } from './git/fetch-git';
import { checkSubdir } from './subdir';
import settle from './settle.py';

const STAGING = '/app/.showrunner/source';

/** Moves what was staged to /app, without the one folder that most archives wrap everything in; prints files and bytes. */
const SETTLE = settle;
const CLEAR = 'find /app -mindepth 1 -maxdepth 1 ! -name lost+found -exec rm -rf -- {} +';

/**
 * Puts a source into /app of a sandbox: everything happens inside, as the sandbox's user, with no network but the repository's host.
 * Whatever /app held before is gone, so a repeated call is safe.
 * @throws AppError, most of them InvalidInputError: `source_url_invalid`, `source_scheme_not_allowed`, `source_credentials_in_url`,
 *   `source_host_not_allowed`, `source_branch_invalid`, `source_branch_not_found`, `source_commit_not_found`, `source_auth_required`,
 *   `source_not_found`, `source_unreachable`, `source_too_slow`, `source_too_large`, `archive_unsafe_path`, `archive_link`,
 *   `archive_special_file`, `archive_bomb`, `archive_too_large`, `archive_encrypted`, `archive_unreadable`, `subdir_not_found`
 */
export async function fetchSource(
  sandbox: Sandbox,
  source: Source,
  options: FetchOptions,
): Promise<FetchedSource> {
  const run = { timeoutMs: options.timeoutMs, signal: options.signal, cwd: '/' };
  const cleared = await sandbox.exec(CLEAR, run);
  if (cleared.exitCode !== 0) throw notStored(cleared.stderr);

  if (source.kind === 'prompt')
    throw new AppError('app_not_written', 'The app of this project is not written yet.');
  let commit: string | null = null;
  if (source.kind === 'git') commit = await fetchGit(sandbox, source, STAGING, options);
  else await unpackArchive(sandbox, source, STAGING, options);

  const settled = await sandbox.exec(
    ['python3', '-I', '-c', SETTLE, STAGING, source.kind === 'archive' ? 'strip' : 'keep'],
    run,
  );
  const [files, bytes] = settled.stdout.trim().split(' ').map(Number);
  if (settled.exitCode !== 0 || files === undefined || bytes === undefined) throw notStored(settled.stderr);
  if (files === 0) {
    throw new InvalidInputError(
      'source_empty',
      `The ${source.kind === 'git' ? 'repository' : 'archive'} contains no files.`,
      {
        remedy: 'Check the branch, or pack the folder again.',
      },
    );
  }
  if (source.subdir !== undefined) await checkSubdir(sandbox, source.subdir, run);
  return { commit, files, bytes };
}

const notStored = (why: string): AppError =>
  new AppError('source_not_stored', `The sandbox could not store the source: ${why.trim().slice(-300)}`, {
    retryable: true,
  });
