import { changesOf } from '@showrunner/comparison';
import { storageKeys, type GitSource, type SourceAccess } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import type { StoredChanges } from '../compare';
import { DEFAULT_TIMEOUTS, type SandboxDependencies } from './dependencies';

/**
 * Stores what the source in /app changes since another state of its repository, as hints for who plans. Where the server does not hand that state out
 * nothing is stored, and the run says so.
 * @returns the commit at which both parted
 */
export async function storeChanges(
  deps: SandboxDependencies,
  sandbox: Pick<Sandbox, 'git'>,
  { runId, since, source, access }: { runId: string; since: string; source: GitSource; access: SourceAccess },
): Promise<string | null> {
  const found = await sandbox.git.changesSince({
    ...{ url: source.url, hostKeys: source.hostKeys, ...access, since },
    ...{ signal: deps.signal(), privateHosts: deps.config.SOURCE_ALLOWED_HOSTS },
    timeoutMs: deps.timeouts?.fetchMs ?? DEFAULT_TIMEOUTS.fetchMs,
  });
  if (found === null) {
    const note = `The repository does not hand out ${since} beside what is filmed: the plan is made without knowing what changed.`;
    await deps.database.transaction((tx) => tx.runs.addNotes(runId, [note]));
    return null;
  }
  const { diff, messages, head, forkPoint } = found;
  const changes: StoredChanges = { ...changesOf(diff, messages), headCommit: head, baseCommit: forkPoint };
  await deps.store.put(storageKeys.changes(runId), JSON.stringify(changes));
  return forkPoint;
}
