import { AppError } from '@showrunner/contracts';
import type { EgressDecision, ExecOptions, ExecResult, Sandbox } from '../sandbox.types';
import { GIT_ENVIRONMENT, git } from './git-command';
import { commitNotFound, gitFailure } from './git-failure';
import sshGit from './ssh-git.py';
import sshPeer from './ssh-peer.py';

const TRIES = 2;
const FULL_COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** Takes the header from the first line that it reads, and runs git with it for the origin of the repository alone. */
const READ_HEADER = `IFS= read -r GIT_CONFIG_VALUE_0
GIT_CONFIG_KEY_0=$1 GIT_CONFIG_COUNT=1
export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
shift
exec "$@" < /dev/null`;

/** Hosts of repositories take any user name with a token; `x-access-token` is the one that GitHub names. */
function authorizationOf(token: string): string {
  const pair = token.includes(':') ? token : `x-access-token:${token}`;
  return `Authorization: Basic ${Buffer.from(pair).toString('base64')}`;
}

export interface GitCloneParts {
  /** Checked and normalised. */
  url: string;
  folder: string;
  depth: number;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  hosts: string[];
  privateHosts: string[];
  token: string | undefined;
  /** Of an SSH address: the private key, and the fingerprints by which its host is known. */
  ssh: { key: string; hostKeys: readonly string[] } | undefined;
}

/** What git answered, and what the network let it reach. */
interface GitFetched {
  result: ExecResult;
  decisions: EgressDecision[];
}

/**
 * One clone into an empty folder, with nothing but the repository's host reachable. Nothing deeper than asked for is fetched unless the
 * server insists.
 */
export class GitClone {
  constructor(
    private readonly sandbox: Pick<Sandbox, 'exec' | 'withNetwork'>,
    private readonly parts: GitCloneParts,
  ) {}

  /** What stands under no branch and no tag, such as the state of a pull request. */
  async ref(ref: string): Promise<void> {
    const { result, decisions } = await this.fetchInto(ref);
    const { url, timeoutMs } = this.parts;
    if (result.exitCode !== 0)
      throw gitFailure({ result, decisions, url, ref, timeoutMs, hostKeys: this.hostKeys });
    await this.offline('checkout', '--quiet', '--detach', 'FETCH_HEAD');
  }

  async branch(branch: string | undefined, shallow = true): Promise<void> {
    const args = [
      'clone',
      '--quiet',
      ...(shallow ? [`--depth=${this.parts.depth}`] : []),
      '--single-branch',
      '--no-tags',
      '--no-recurse-submodules',
      '--template=',
      ...(branch === undefined ? [] : [`--branch=${branch}`]),
    ];
    const { url, folder, timeoutMs } = this.parts;
    for (let attempt = 1; ; attempt++) {
      await this.empty();
      const { result, decisions } = await this.online(git(...args, '--', url, folder));
      if (result.exitCode === 0) return;
      // A server that only hands out files cannot give a part of the history.
      if (shallow && /shallow|dumb http transport does not support/i.test(result.stderr))
        return this.branch(branch, false);
      const { hostKeys } = this;
      const failure = gitFailure({ result, decisions, url, ref: branch, timeoutMs, hostKeys });
      if (failure.code !== 'source_unreachable' || attempt === TRIES) throw failure;
    }
  }

  async commit(commit: string, branch: string | undefined): Promise<void> {
    if (FULL_COMMIT.test(commit) && (await this.fetchOnly(commit))) return;
    await this.branch(branch, false);
    let found = await this.offline('checkout', '--quiet', '--detach', `${commit}^{commit}`);
    if (found.exitCode !== 0 && branch === undefined) {
      // Not on the default branch: every branch, then.
      await this.fetch('+refs/heads/*:refs/remotes/origin/*');
      found = await this.offline('checkout', '--quiet', '--detach', `${commit}^{commit}`);
    }
    if (found.exitCode !== 0) throw commitNotFound(this.parts.url, commit);
  }

  async head(): Promise<string | null> {
    const head = await this.offline('rev-parse', '--verify', '--quiet', 'HEAD');
    return head.exitCode === 0 ? head.stdout.trim() : null;
  }

  /** Fetches another state beside what was cloned; the commit that it is, null when the server does not hand it out. */
  async alsoFetch(ref: string, depth: number): Promise<string | null> {
    const name = 'refs/showrunner/base';
    const found = await this.fetch(`--depth=${depth}`, `+${ref}:${name}`);
    if (found.result.exitCode !== 0) return null;
    const commit = await this.offline('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
    return commit.exitCode === 0 ? commit.stdout.trim() : null;
  }

  /** Fetches more of the history of what is checked out; nothing when the server does not want to. */
  async deepen(depth: number): Promise<void> {
    const head = await this.head();
    if (head === null) return;
    const fetched = await this.fetch(`--depth=${depth}`, head);
    // Not every server hands out a commit by its name.
    if (fetched.result.exitCode !== 0) await this.fetch(`--deepen=${depth}`);
  }

  /** True when the server handed out just this commit, which not every server does. */
  private async fetchOnly(commit: string): Promise<boolean> {
    const { result } = await this.fetchInto(commit);
    if (result.exitCode !== 0) return false;
    return (await this.offline('checkout', '--quiet', '--detach', 'FETCH_HEAD')).exitCode === 0;
  }

  /** Fetches one thing by its name into a repository made for it, without the clone that needs a branch or a tag. */
  private async fetchInto(name: string): Promise<GitFetched> {
    await this.empty();
    const made = await this.run(git('init', '--quiet', '--template=', this.parts.folder));
    if (made.exitCode !== 0) return { result: made, decisions: [] };
    await this.offline('remote', 'add', 'origin', this.parts.url);
    return this.fetch(`--depth=${this.parts.depth}`, name);
  }

  private async fetch(...args: string[]): Promise<GitFetched> {
    const depth = args.filter((arg) => arg.startsWith('--'));
    const refs = args.filter((arg) => !arg.startsWith('--'));
    const argv = git('-C', this.parts.folder, 'fetch', '--quiet', ...depth, '--no-tags', 'origin', ...refs);
    return this.online(argv);
  }

  private async online(argv: string[]): Promise<GitFetched> {
    const { hosts, privateHosts } = this.parts;
    const policy = { mode: 'allow' as const, hosts, privateHosts };
    const { value, decisions } = await this.sandbox.withNetwork(policy, () => this.runSignedIn(argv));
    return { result: value, decisions };
  }

  /** By standard input: what stands in an argument or in the environment of the host's own programs is seen by others. */
  private runSignedIn(argv: string[]): Promise<ExecResult> {
    const { token, ssh, url } = this.parts;
    if (ssh !== undefined) {
      const fingerprints = ssh.hostKeys.join(',') || 'none';
      const command = ['python3', '-I', '-c', sshGit, sshPeer, fingerprints, ...argv];
      return this.run(command, Buffer.from(ssh.key), { GIT_ALLOW_PROTOCOL: 'ssh' });
    }
    if (token === undefined) return this.run(argv);
    const command = [
      '/bin/sh',
      '-c',
      READ_HEADER,
      'git',
      `http.${new URL(url).origin}/.extraHeader`,
      ...argv,
    ];
    return this.run(command, Buffer.from(`${authorizationOf(token)}\n`));
  }

  private offline(...args: string[]): Promise<ExecResult> {
    return this.run(git('-C', this.parts.folder, ...args));
  }

  private async empty(): Promise<void> {
    const { folder } = this.parts;
    // A folder that is a mount stays; what is in it goes.
    const script = '[ -d "$1" ] || exit 0; find "$1/" -mindepth 1 -maxdepth 1 -exec rm -rf -- {} +';
    const done = await this.run(['/bin/sh', '-c', script, 'git', folder]);
    if (done.exitCode === 0) return;
    throw new AppError(
      'source_not_stored',
      `The sandbox could not clear ${folder}: ${done.stderr.trim().slice(-300)}`,
      { retryable: true },
    );
  }

  private get hostKeys(): readonly string[] {
    return this.parts.ssh?.hostKeys ?? [];
  }

  private run(argv: string[], stdin?: Uint8Array, more: Record<string, string> = {}): Promise<ExecResult> {
    const { timeoutMs, signal } = this.parts;
    const env = { ...GIT_ENVIRONMENT, ...more };
    const options: ExecOptions = { env, timeoutMs, signal, cwd: '/', stdin };
    return this.sandbox.exec(argv, options);
  }
}
