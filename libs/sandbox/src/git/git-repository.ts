import { AppError, InvalidInputError } from '@showrunner/contracts';
import { collectOutput, type CollectedOutput } from '../exec/collect-output';
import type { Sandbox } from '../sandbox.types';
import { GIT_ENVIRONMENT, git } from './git-command';

const TIMEOUT_MS = 120_000;
/** Settings of a repository that name programs, by the part of the name that the repository chooses. */
const PROGRAMS = '^(filter|diff|merge)\\..*\\.(clean|smudge|process|required|command|textconv|driver)$';

/** Commands in a repository that is there, whose own configuration is not believed. */
export class GitRepository {
  private constructor(
    private readonly sandbox: Pick<Sandbox, 'exec'>,
    private readonly path: string,
    private readonly environment: Record<string, string>,
  ) {}

  /** @throws AppError `git_failed` when there is no repository */
  static async open(sandbox: Pick<Sandbox, 'exec'>, path: string): Promise<GitRepository> {
    const plain = new GitRepository(sandbox, path, {});
    const listed = await plain.run([
      'config',
      '--local',
      '--includes',
      '-z',
      '--name-only',
      '--get-regexp',
      PROGRAMS,
    ]);
    // 1: there are none.
    if (listed.exitCode !== 0 && listed.exitCode !== 1) throw gitFailed(listed.stderr);
    const names = listed.bytes.toString('utf8').split('\0').filter(Boolean);
    return new GitRepository(sandbox, path, overrides([...new Set(names)]));
  }

  run(args: string[], maxBytes = 64 * 1024): Promise<CollectedOutput> {
    return collectOutput(this.sandbox, git('--no-pager', '-C', this.path, ...args), {
      env: { ...GIT_ENVIRONMENT, ...this.environment },
      timeoutMs: TIMEOUT_MS,
      maxBytes,
    });
  }

  /** @throws AppError `git_failed` */
  async require(args: string[], maxBytes?: number): Promise<CollectedOutput> {
    const done = await this.run(args, maxBytes);
    if (done.exitCode !== 0 && !done.overflow) throw gitFailed(done.stderr);
    return done;
  }

  /** The commit that a name stands for. */
  async commitOf(name: string): Promise<string | undefined> {
    const found = await this.run([
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${name}^{commit}`,
    ]);
    return found.exitCode === 0 ? found.bytes.toString('latin1').trim() : undefined;
  }
}

/** Empty values for programs that the repository names; by environment, since their names may hold anything. */
function overrides(names: string[]): Record<string, string> {
  const entries = names.flatMap((name, at) => [
    [`GIT_CONFIG_KEY_${at}`, name],
    [`GIT_CONFIG_VALUE_${at}`, name.endsWith('.required') ? 'false' : ''],
  ]);
  return {
    ...(Object.fromEntries(entries) as Record<string, string>),
    GIT_CONFIG_COUNT: String(names.length),
  };
}

const REF = /^[A-Za-z0-9_][A-Za-z0-9_./+@#-]*$/;

/** @throws InvalidInputError `git_ref_invalid` for options, ranges, and what `git check-ref-format` would refuse */
export function requireRef(ref: string): void {
  const wrong = ref.length > 255 || !REF.test(ref) || /\.\.|\/\/|@\{|\/\.|[/.]$|\.lock(\/|$)/.test(ref);
  if (!wrong) return;
  throw new InvalidInputError(
    'git_ref_invalid',
    `"${ref.slice(0, 80)}" cannot name a branch, tag or commit.`,
    {
      remedy: 'Give the name as the repository shows it, for example main.',
    },
  );
}

export const refNotFound = (ref: string): AppError =>
  new AppError('git_ref_not_found', `The repository has no branch, tag or commit "${ref}".`, {
    status: 404,
    remedy: 'Clone it with that branch or commit, or with a greater depth.',
  });

export const gitFailed = (said: string): AppError =>
  new AppError('git_failed', `git failed: ${said.trim().split('\n').at(-1)?.slice(-300) ?? ''}`, {
    status: 409,
    remedy: 'Look at the state of the repository, and try again.',
    details: { log: said.slice(-2000) },
  });
