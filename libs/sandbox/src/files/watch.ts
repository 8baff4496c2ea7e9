import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@showrunner/contracts';
import { collectOutput } from '../exec/collect-output';
import type { Sandbox } from '../sandbox.types';
import { fileNotFound } from './file-errors';
import { pathCommand } from './file-paths';
import type { FileChange } from './files.types';
import { LIST_SCRIPT, MISSING, parseListing } from './listing';
import { STAGING_PREFIX } from './upload';

export interface WatchOptions {
  signal: AbortSignal;
  intervalMs?: number;
}

const DEFAULT_INTERVAL_MS = 500;
const MAX_DEPTH = '64';
const MAX_SNAPSHOT_BYTES = 32 * 1024 ** 2;
const UNCHANGED = 45;

/** `$1`: the folder, `$2`: the depth, `$3`: the snapshot of before. Prints a snapshot only when it is another one. */
const SNAPSHOT = `umask 077
( ${LIST_SCRIPT} ) > "$3.new" || exit "$?"
if cmp -s -- "$3.new" "$3"; then rm -f -- "$3.new"; exit ${UNCHANGED}; fi
mv -f -- "$3.new" "$3" && cat -- "$3"`;

type Snapshot = Map<string, string>;

/** Compares snapshots of a folder, beginning at the call. */
export function watchFolder(
  sandbox: Pick<Sandbox, 'exec'>,
  folder: string,
  { signal, intervalMs = DEFAULT_INTERVAL_MS }: WatchOptions,
): AsyncIterable<FileChange> {
  const kept = `/tmp/.showrunner-watch-${randomBytes(6).toString('hex')}`;

  /** undefined: nothing changed. @throws AppError `file_not_found`, `file_watch_too_large` */
  async function look(): Promise<Snapshot | undefined> {
    const argv = pathCommand(SNAPSHOT, folder, MAX_DEPTH, kept);
    const listed = await collectOutput(sandbox, argv, { maxBytes: MAX_SNAPSHOT_BYTES, signal });
    if (listed.overflow)
      throw new AppError('file_watch_too_large', `"${folder}" holds too many files to be watched.`, {
        status: 413,
        remedy: 'Watch a folder without dependencies and build results.',
      });
    if (listed.exitCode === UNCHANGED) return undefined;
    if (listed.exitCode === MISSING) throw fileNotFound(folder);
    const files = parseListing(listed.bytes).filter(({ path }) => !path.includes(`/${STAGING_PREFIX}`));
    return new Map(
      files.map(({ path, fingerprint, kind }) => [path, kind === 'directory' ? kind : fingerprint]),
    );
  }

  const first = look();
  first.catch(() => undefined); // told to whoever iterates
  return (async function* () {
    try {
      let before = (await first) ?? new Map<string, string>();
      for (;;) {
        await delay(intervalMs, undefined, { signal });
        const now = await look().catch(emptyWhenGone);
        if (now === undefined) continue;
        yield* changesBetween(before, now);
        before = now;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      await sandbox.exec(['rm', '-f', '--', kept, `${kept}.new`], { cwd: '/' }).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error; // the sandbox is gone, and with it the snapshot
      });
    }
  })();
}

/** A folder that was removed holds nothing; it may come back. */
function emptyWhenGone(error: unknown): Snapshot {
  if (error instanceof AppError && error.code === 'file_not_found') return new Map();
  throw error;
}

/** Sorted by path. */
export function changesBetween(before: Snapshot, now: Snapshot): FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, fingerprint] of now) {
    const old = before.get(path);
    if (old === undefined) changes.push({ path, change: 'created' });
    else if (old !== fingerprint) changes.push({ path, change: 'modified' });
  }
  for (const path of before.keys()) if (!now.has(path)) changes.push({ path, change: 'removed' });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}
