export interface CloneOptions {
  url: string;
  /** Folder inside; default /app. */
  path?: string;
  branch?: string;
  commit?: string;
  /** Default 1. */
  depth?: number;
  timeoutMs?: number;
  /** `host` or `host:port` that the operator allows although it is not public. */
  privateHosts?: readonly string[];
}

export interface GitStatus {
  /** null when detached. */
  branch: string | null;
  /** null in a repository without a commit. */
  commit: string | null;
  changes: {
    path: string;
    change: 'added' | 'modified' | 'deleted' | 'renamed' | 'untracked' | 'conflicted';
  }[];
}

/**
 * Git inside the sandbox, as its user, deaf to what the repository or its home configure: no hooks, filters, submodules, file
 * monitors, credential helpers, `ext::` or `file://`.
 */
export interface SandboxGit {
  /** The repository's host alone is reachable meanwhile. @throws AppError `source_*` codes of libs/source */
  clone(options: CloneOptions): Promise<{ commit: string }>;
  /** @throws AppError `git_ref_invalid`, `git_ref_not_found`, `git_failed` */
  checkout(ref: string, path?: string): Promise<{ commit: string }>;
  status(path?: string): Promise<GitStatus>;
  /** Unified diff of the work tree against the commit, bounded. */
  diff(path?: string, maxBytes?: number): Promise<{ diff: string; truncated: boolean }>;
}
