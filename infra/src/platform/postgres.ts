import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { ProcessSpec } from './managed-process';
import { initialiseCluster } from './postgres-cluster';
import type { PostgresFiles } from './postgres-files';
import { commandOf } from './process-table';

const ADMIN = 'showrunner';
const DATABASE = 'showrunner';

export interface PostgresOptions {
  files: PostgresFiles;
  port: number;
  password: string;
  env: NodeJS.ProcessEnv;
}

/** PostgreSQL on loopback, small enough for a laptop, with every commit on the disk. */
export function postgresSpec(options: PostgresOptions): ProcessSpec {
  const { files, port } = options;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '64MB',
    max_connections: '100',
    max_wal_size: '256MB',
    io_method: 'sync',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
  };
  return {
    name: 'postgres',
    command: join(files.binaries, 'postgres'),
    args: [
      '-D',
      files.data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    env: options.env,
    cwd: '/',
    ...(files.user ? { user: files.user } : {}),
    port,
    // Fast shutdown: open connections are ended, nothing is lost.
    stopSignal: 'SIGINT',
    stopTimeoutMs: 10_000,
    prepare: async (signal) => {
      await initialiseCluster(files, ADMIN, options.password, signal);
      removeStaleLock(files.data);
    },
    isReady: () => acceptsConnections(databaseUrl(port, options.password, 'postgres')),
  };
}

export function databaseUrl(port: number, password: string, database = DATABASE): string {
  return `postgresql://${ADMIN}:${password}@127.0.0.1:${port}/${database}`;
}

/** Makes our database in a fresh cluster. */
export async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(port, password, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function acceptsConnections(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    // Refused, or still starting up.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * After a crash `postmaster.pid` stays behind. PostgreSQL removes it itself unless its pid meanwhile belongs to another process; then we do,
 * for the lock of the platform says that no other server works on this folder.
 */
function removeStaleLock(data: string): void {
  const path = join(data, 'postmaster.pid');
  let pid: number;
  try {
    pid = Number(readFileSync(path, 'utf8').split('\n')[0]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (!commandOf(pid).includes(data)) rmSync(path, { force: true });
}
