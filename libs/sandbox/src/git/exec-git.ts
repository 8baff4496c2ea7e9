import { requirePath } from '../files/file-paths';
import type { Sandbox } from '../sandbox.types';
import { GitClone } from './git-clone';
import { GitRepository, refNotFound, requireRef } from './git-repository';
import { checkBranch, parseGitUrl } from './git-url';
import { expectedHostKeys } from './host-keys';
import type { ChangesOptions, CloneOptions, GitChanges, GitStatus, SandboxGit } from './git.types';
import { parseStatus } from './parse-status';

const DEFAULT_PATH = '/app';
const CLONE_TIMEOUT_MS = 300_000;
const STATUS_BYTES = 4 * 1024 ** 2;
const DIFF_BYTES = 1024 ** 2;
/** So many commits back a branch may have parted from its base. */
const HISTORY_DEPTH = 200;
const MOST_MESSAGES = 50;
const PLAIN_DIFF = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=all'];
/** The tree without files, which every repository knows; the diff of a repository without a commit begins there. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Git by commands inside, as the sandbox's user. */
export class ExecGit implements SandboxGit {
  constructor(private readonly sandbox: Pick<Sandbox, 'exec' | 'withNetwork'>) {}

  async clone(options: CloneOptions): Promise<{ commit: string | null }> {
    // What HEAD of the origin names is its default branch.
    const branch =
      options.branch === undefined || options.branch === 'HEAD' ? undefined : checkBranch(options.branch);
    const clone = this.cloneOf(options, Math.max(1, Math.trunc(options.depth ?? 1)));
    if (options.commit === undefined)
      await (branch?.startsWith('refs/') === true ? clone.ref(branch) : clone.branch(branch));
    else await clone.commit(options.commit, branch);
    return { commit: await clone.head() };
  }

  async changesSince({ since, ...options }: ChangesOptions): Promise<GitChanges | null> {
    requireRef(since);
    const path = requirePath(options.path ?? DEFAULT_PATH);
    const clone = this.cloneOf(options, HISTORY_DEPTH);
    const base = await clone.alsoFetch(since, HISTORY_DEPTH);
    const head = await clone.head();
    if (base === null || head === null) return null;
    await clone.deepen(HISTORY_DEPTH);
    const repository = await GitRepository.open(this.sandbox, path);
    const parted = await repository.run(['merge-base', base, head]);
    const forkPoint = parted.exitCode === 0 ? parted.bytes.toString('latin1').trim() : base;
    const shown = await repository.require(['diff', ...PLAIN_DIFF, forkPoint, head, '--'], DIFF_BYTES);
    const subjects = await repository.run([
      ...[
        'log',
        '--no-show-signature',
        `--max-count=${MOST_MESSAGES}`,
        '--format=%s',
        `${forkPoint}..${head}`,
      ],
    ]);
    const messages = subjects.bytes.toString('utf8').split('\n').filter(Boolean);
    return { head, forkPoint, diff: shown.bytes.toString('utf8'), messages };
  }

  private cloneOf(options: Omit<ChangesOptions, 'since'>, depth: number): GitClone {
    const { sshKey, token, signal, timeoutMs = CLONE_TIMEOUT_MS } = options;
    const { url, isSsh, hostRule, isPrivate } = parseGitUrl(
      options.url,
      options.privateHosts,
      sshKey !== undefined,
    );
    const hostKeys = expectedHostKeys(hostRule, options.hostKeys);
    return new GitClone(this.sandbox, {
      ...{ url, depth, timeoutMs, signal },
      folder: requirePath(options.path ?? DEFAULT_PATH),
      hosts: [hostRule],
      privateHosts: isPrivate ? [hostRule] : [],
      token: isSsh ? undefined : token,
      ssh: isSsh && sshKey !== undefined ? { key: sshKey, hostKeys } : undefined,
    });
  }

  async checkout(ref: string, path = DEFAULT_PATH): Promise<{ commit: string }> {
    requireRef(ref);
    const repository = await GitRepository.open(this.sandbox, requirePath(path));
    const branch = await repository.commitOf(`refs/heads/${ref}`);
    const commit =
      branch ??
      (await repository.commitOf(ref)) ??
      (await repository.commitOf(`refs/tags/${ref}`)) ??
      (await repository.commitOf(`refs/remotes/origin/${ref}`));
    if (commit === undefined) throw refNotFound(ref);
    const target = branch === undefined ? ['--detach', commit] : [ref];
    await repository.require(['checkout', '--quiet', '--no-recurse-submodules', ...target, '--']);
    return { commit };
  }

  async status(path = DEFAULT_PATH): Promise<GitStatus> {
    const repository = await GitRepository.open(this.sandbox, requirePath(path));
    const args = ['status', '--porcelain=v2', '--branch', '-z', '--ignore-submodules=all', '--find-renames'];
    return parseStatus((await repository.require(args, STATUS_BYTES)).bytes);
  }

  async diff(path = DEFAULT_PATH, maxBytes = DIFF_BYTES): Promise<{ diff: string; truncated: boolean }> {
    const repository = await GitRepository.open(this.sandbox, requirePath(path));
    const against = (await repository.commitOf('HEAD')) ?? EMPTY_TREE;
    const shown = await repository.require(['diff', ...PLAIN_DIFF, against, '--'], maxBytes);
    return { diff: shown.bytes.toString('utf8'), truncated: shown.overflow };
  }
}
