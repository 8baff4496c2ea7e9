import type { GitSource } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import type { FetchOptions } from '../fetch.types';

/** Clones into an empty folder of the sandbox, one commit deep, and answers the commit. */
export async function fetchGit(
  sandbox: Pick<Sandbox, 'git'>,
  { url, branch, commit, hostKeys }: GitSource,
  folder: string,
  { timeoutMs, signal, privateHosts, token, sshKey }: FetchOptions,
): Promise<string | null> {
  const cloned = await sandbox.git.clone({
    url,
    branch,
    commit,
    path: folder,
    timeoutMs,
    signal,
    privateHosts,
    token,
    sshKey,
    hostKeys,
  });
  return cloned.commit;
}
