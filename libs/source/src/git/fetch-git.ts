import { AppError, type GitSource } from '@showrunner/contracts';
import type { EgressDecision, ExecOptions, ExecResult, Sandbox } from '@showrunner/sandbox';
import type { FetchOptions } from '../fetch-source';
import { GIT_ENVIRONMENT, git } from './git-command';
import { commitNotFound, gitFailure } from './git-failure';
import { checkBranch, parseGitUrl } from './git-url';

const TRIES = 2;
const FULL_COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Clones into an empty folder of the sandbox, with nothing but the repository's host reachable, and answers the commit.
 * Nothing deeper than the wanted commit is fetched unless the server insists; no submodules, no LFS objects, no tags.
 */
export async function fetchGit(
  sandbox: Sandbox,
  source: GitSource,
  folder: string,
  options: FetchOptions,
): Promise<string | null> {
  const { url, hostRule, isPrivate } = parseGitUrl(source.url, options.privateHosts);
  const branch = source.branch === undefined ? undefined : checkBranch(source.branch);
  const clone = new GitClone(sandbox, folder, url, {
    timeoutMs: options.timeoutMs,
    signal: options.signal,
    hosts: [hostRule],
    privateHosts: isPrivate ? [hostRule] : [],
  });
  if (source.commit === undefined) await clone.branch(branch);
  else await clone.commit(source.commit, branch);
  return clone.head();
}

interface CloneOptions {
  timeoutMs: number;
  signal: AbortSignal | undefined;
  hosts: string[];
  privateHosts: string[];
}

class GitClone {
  constructor(
    private readonly sandbox: Sandbox,
    private readonly folder: string,
    private readonly url: string,
    private readonly options: CloneOptions,
  ) {}

  async branch(branch: string | undefined, depth: readonly string[] = ['--depth=1']): Promise<void> {
    const ref = branch === undefined ? [] : [`--branch=${branch}`];
    const args = [
      'clone',
      '--quiet',
      ...depth,
      '--single-branch',
      '--no-tags',
      '--no-recurse-submodules',
      '--template=',
      ...ref,
    ];
    for (let attempt = 1; ; attempt++) {
      await this.empty();
      const { result, decisions } = await this.online(git(...args, '--', this.url, this.folder));
      if (result.exitCode === 0) return;
      // A server that only hands out files cannot give a part of the history.
      if (depth.length > 0 && /shallow|dumb http transport does not support/i.test(result.stderr))
        return this.branch(branch, []);
      const failure = gitFailure({
        result,
        decisions,
        url: this.url,
        ref: branch,
        timeoutMs: this.options.timeoutMs,
      });
      if (failure.code !== 'source_unreachable' || attempt === TRIES) throw failure;
    }
  }

  async commit(commit: string, branch: string | undefined): Promise<void> {
    if (FULL_COMMIT.test(commit) && (await this.fetchOnly(commit))) return;
    await this.branch(branch, []);
    let found = await this.offline('checkout', '--quiet', '--detach', `${commit}^{commit}`);
    if (found.exitCode !== 0 && branch === undefined) {
      // Not on the default branch: every branch, then.
      await this.online(
        git(
          '-C',
          this.folder,
          'fetch',
          '--quiet',
          '--no-tags',
          'origin',
          '+refs/heads/*:refs/remotes/origin/*',
        ),
      );
      found = await this.offline('checkout', '--quiet', '--detach', `${commit}^{commit}`);
    }
    if (found.exitCode !== 0) throw commitNotFound(this.url, commit);
  }

  async head(): Promise<string | null> {
    const head = await this.offline('rev-parse', '--verify', '--quiet', 'HEAD');
    return head.exitCode === 0 ? head.stdout.trim() : null;
  }

  /** True when the server handed out just this commit, which not every server does. */
  private async fetchOnly(commit: string): Promise<boolean> {
    await this.empty();
    const made = await this.sandbox.exec(
      git('init', '--quiet', '--template=', this.folder),
      this.execOptions(),
    );
    if (made.exitCode !== 0) return false;
    await this.offline('remote', 'add', 'origin', this.url);
    const { result } = await this.online(
      git('-C', this.folder, 'fetch', '--quiet', '--depth=1', '--no-tags', 'origin', commit),
    );
    return (
      result.exitCode === 0 &&
      (await this.offline('checkout', '--quiet', '--detach', 'FETCH_HEAD')).exitCode === 0
    );
  }

  private async online(argv: string[]): Promise<{ result: ExecResult; decisions: EgressDecision[] }> {
    const policy = {
      mode: 'allow' as const,
      hosts: this.options.hosts,
      privateHosts: this.options.privateHosts,
    };
    const { value, decisions } = await this.sandbox.withNetwork(policy, () =>
      this.sandbox.exec(argv, this.execOptions()),
    );
    return { result: value, decisions };
  }

  private offline(...args: string[]): Promise<ExecResult> {
    return this.sandbox.exec(git('-C', this.folder, ...args), this.execOptions());
  }

  private async empty(): Promise<void> {
    const done = await this.sandbox.exec(['rm', '-rf', '--', this.folder], this.execOptions());
    if (done.exitCode !== 0) {
      throw new AppError(
        'source_not_stored',
        `The sandbox could not clear ${this.folder}: ${done.stderr.trim().slice(-300)}`,
        { retryable: true },
      );
    }
  }

  private execOptions(): ExecOptions {
    return {
      env: { ...GIT_ENVIRONMENT },
      timeoutMs: this.options.timeoutMs,
      signal: this.options.signal,
      cwd: '/',
    };
  }
}
