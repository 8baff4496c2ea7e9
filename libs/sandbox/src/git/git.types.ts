export interface CloneOptions {
  url: string;
  /** Folder inside; default /app. */
  path?: string;
  branch?: string;
  commit?: string;
  /** Default 1. */
  depth?: number;
  /** Default 5 minutes. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** `host` or `host:port` that the operator allows although it is not public. */
  privateHosts?: readonly string[];
  /** A token, or `user:password`; for the commands that reach the host alone, and kept nowhere. */
  token?: string;
  /** A private key in PEM or OpenSSH form, for an SSH address; as the token. */
  sshKey?: string;
  /** Fingerprints (`SHA256:…`) by which an SSH host is known, beside those that well-known hosts publish. */
  hostKeys?: readonly string[];
}

export interface ChangesOptions extends Pick<
  CloneOptions,
  'url' | 'path' | 'timeoutMs' | 'signal' | 'privateHosts' | 'token' | 'sshKey' | 'hostKeys'
> {
  since: string;
}

export interface GitChanges {
  head: string;
  /** Where both parted; the state that was named when no common commit was found. */
  forkPoint: string;
  /** Unified, of at most 1 MiB. */
  diff: string;
  /** First lines of the commit messages, newest first, 50 at most. */
  messages: string[];
}

export interface GitStatus {
  /** null when detached. */
  branch: string | null;
  /** null in a repository without a commit. */
  commit: string | null;
  changes: GitChange[];
}

export interface GitChange {
  /** Relative to the repository's root. */
  path: string;
  change: 'added' | 'modified' | 'deleted' | 'renamed' | 'untracked' | 'conflicted';
}

/**
 * Git inside the sandbox, as its user, deaf to what the repository or its home configure: no hooks, filters, submodules, file
 * monitors, credential helpers, `ext::` or `file://`.
 */
export interface SandboxGit {
  /**
   * Into a folder whose earlier content goes. The repository's host alone is reachable meanwhile; no tags, submodules or LFS objects.
   * @returns `commit` null for a repository without one
   * @throws AppError, most of them InvalidInputError: `source_url_invalid`, `source_scheme_not_allowed`, `source_credentials_in_url`,
   *   `source_host_not_allowed`, `source_branch_invalid`, `source_branch_not_found`, `source_commit_not_found`, `source_auth_required`,
   *   `source_not_found`, `source_unreachable`, `source_too_slow`, `source_too_large`, `source_not_stored`, and over SSH
   *   `source_host_key_unknown`, `source_host_key_changed`, `source_ssh_key_invalid`, `source_ssh_missing`
   */
  clone(options: CloneOptions): Promise<{ commit: string | null }>;
  /**
   * What the commit of a cloned repository changes since it parted from another branch, tag or commit of its origin, which is fetched for that with as
   * much history as that takes, within bounds. Null when the server does not hand that state out.
   */
  changesSince(options: ChangesOptions): Promise<GitChanges | null>;
  /** A branch, a tag or a commit that was fetched. @throws AppError `git_ref_invalid`, `git_ref_not_found`, `git_failed` */
  checkout(ref: string, path?: string): Promise<{ commit: string }>;
  /** Bounded: of a work tree with very many changes the first. @throws AppError `git_failed` */
  status(path?: string): Promise<GitStatus>;
  /** Unified diff of the work tree against the commit, bounded (default 1 MiB); untracked files are not in it. @throws AppError `git_failed` */
  diff(path?: string, maxBytes?: number): Promise<{ diff: string; truncated: boolean }>;
}
