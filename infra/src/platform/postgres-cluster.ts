import { chownSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EnvironmentError } from '@showrunner/contracts';
import { writeFileAtomically } from '../../tooling/stamps.mjs';
import type { PostgresFiles } from './postgres-files';
import { runInGroup } from './run-in-group';

/**
 * Makes the cluster unless it is there. An interrupted attempt leaves nothing that counts as a cluster.
 * @param adminName name of the database's owner
 * @param signal ends the attempt, with all of its processes
 * @throws EnvironmentError `postgres_init_failed`
 */
export async function initialiseCluster(
  files: PostgresFiles,
  adminName: string,
  password: string,
  signal: AbortSignal,
): Promise<void> {
  if (existsSync(join(files.data, 'PG_VERSION'))) return;
  const partial = `${files.data}.new`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  const passwordFile = `${partial}.password`;
  writeFileAtomically(passwordFile, `${password}\n`, 0o600);
  if (files.user) for (const path of [partial, passwordFile]) chownSync(path, files.user.uid, files.user.gid);
  try {
    await runInGroup(
      join(files.binaries, 'initdb'),
      [
        ...['--pgdata', partial, '--username', adminName, '--pwfile', passwordFile],
        ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'],
        ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--no-sync'],
      ],
      { cwd: '/', uid: files.user?.uid, gid: files.user?.gid, signal },
    );
  } catch (error) {
    if (signal.aborted) rmSync(partial, { recursive: true, force: true });
    throw new EnvironmentError(
      'postgres_init_failed',
      `PostgreSQL's data folder could not be made:\n${error instanceof Error ? error.message : String(error)}`,
      {
        remedy: `Check that ${dirname(files.data)} is writable and has space left.`,
        cause: error,
      },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(partial, files.data);
}
