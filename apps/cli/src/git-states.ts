import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { changesOf } from '@showrunner/comparison';
import { InvalidInputError, MAX_ARCHIVE_BYTES } from '@showrunner/contracts';
import type { SourceChanges } from '@showrunner/contracts';
import { archiveTooLarge } from './source-argument';

const run = promisify(execFile);
/** Deaf to what the checkout or its owner configure: no hooks, monitors or programs for differences. */
const QUIET = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '--no-pager'];
const PLAIN_DIFF = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=all'];
const DIFF_BYTES = 64 * 1024 * 1024;
const MOST_MESSAGES = 50;

/** Another state of a folder that is a checkout, and what lies between. */
export interface FolderStates {
  /** Tar of the folder where both states parted. */
  base: Buffer;
  /** Tar of the folder at `head`; absent when it is filmed as it lies there. */
  head?: Buffer;
  changes: SourceChanges;
}

/**
 * The states of a checked-out folder that a comparison needs, read by Git on this machine.
 * @throws InvalidInputError `comparison_needs_git` no checkout; `source_branch_not_found` no such state; `archive_too_large`
 */
export async function folderStates(folder: string, base: string, head?: string): Promise<FolderStates> {
  const git = async (args: string[], maxBuffer = 1024 * 1024): Promise<Buffer> =>
    (await run('git', [...QUIET, '-C', folder, ...args], { encoding: 'buffer', maxBuffer })).stdout;
  const text = async (args: string[]): Promise<string> => (await git(args)).toString('utf8').trim();
  const prefix = await text(['rev-parse', '--show-prefix']).catch((cause: unknown) => {
    throw new InvalidInputError('comparison_needs_git', `"${folder}" is no checkout of a repository.`, {
      status: 422,
      remedy: 'Name a checkout, or the https:// address of the repository.',
      cause,
    });
  });
  const commitOf = (ref: string): Promise<string> =>
    text(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).catch(
      (cause: unknown) => {
        throw new InvalidInputError(
          'source_branch_not_found',
          `The checkout has no branch, tag or commit "${ref}".`,
          {
            remedy: 'Fetch it (in CI: with the whole history), or name another one, for example origin/main.',
            cause,
          },
        );
      },
    );
  const [baseCommit, headCommit] = [await commitOf(base), await commitOf(head ?? 'HEAD')];
  // Where nothing is common, for example in a shallow checkout, what was named counts.
  const parted = await text(['merge-base', baseCommit, headCommit]).catch(() => baseCommit);
  const until = head === undefined ? [] : [headCommit];
  const diff = await git(['diff', ...PLAIN_DIFF, '--relative', parted, ...until, '--'], DIFF_BYTES).catch(
    () => Buffer.alloc(0),
  );
  const log = [
    'log',
    '--no-show-signature',
    `--max-count=${MOST_MESSAGES}`,
    '--format=%s',
    `${parted}..${headCommit}`,
  ];
  const messages = (await text(log).catch(() => '')).split('\n').filter(Boolean);
  // From the root: another state need not hold the folder in which git would stand.
  const root = await text(['rev-parse', '--show-toplevel']);
  const packed = async (commit: string): Promise<Buffer> => {
    const tree = prefix === '' ? commit : `${commit}:${prefix}`;
    const tar = await git(['-C', root, 'archive', '--format=tar', tree], 4 * MAX_ARCHIVE_BYTES).catch(
      (cause: unknown) => {
        const at = commit === headCommit ? (head ?? 'HEAD') : base;
        throw new InvalidInputError('subdir_not_found', `The folder "${prefix}" is not there at ${at}.`, {
          remedy: 'Name the root of the checkout, and the folder of the app with --subdir.',
          cause,
        });
      },
    );
    if (tar.length > MAX_ARCHIVE_BYTES) throw archiveTooLarge(folder, tar.length);
    return tar;
  };
  return {
    base: await packed(parted),
    ...(head !== undefined && { head: await packed(headCommit) }),
    changes: changesOf(diff.toString('utf8'), messages),
  };
}
