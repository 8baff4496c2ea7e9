import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SEARCH_ATTRIBUTES } from '@showrunner/contracts';
import type { ProcessSpec } from './managed-process';
import { answersOk } from './probes';

/** SQLite keeps its journal beside the file. */
const DATABASE_FILES = ['', '-wal', '-shm'];

export interface TemporalOptions {
  /** The Temporal CLI. */
  program: string;
  databaseFile: string;
  port: number;
  uiPort: number;
  env: NodeJS.ProcessEnv;
}

/** Temporal's server and Web UI in one process, on a SQLite file, with our search attributes. */
export function temporalSpec(options: TemporalOptions): ProcessSpec {
  const folder = dirname(options.databaseFile);
  return {
    name: 'temporal',
    command: options.program,
    args: [
      ...['server', 'start-dev', '--db-filename', options.databaseFile, '--ip', '127.0.0.1'],
      ...['--port', String(options.port), '--ui-port', String(options.uiPort), '--log-level', 'warn'],
      // The journal keeps the file whole when the server is killed, and writes are several times faster with it.
      ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
      ...SEARCH_ATTRIBUTES.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ],
    // Its live heap is 45 MiB; by itself Go lets as much again become rubbish before it collects.
    env: { GOGC: '40', ...options.env },
    cwd: folder,
    port: options.port,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 8_000,
    prepare: () => {
      mkdirSync(folder, { recursive: true });
      removeHalfMadeDatabase(options.databaseFile);
    },
    // Asked through the Web UI, which passes it on to the server: both serve, and the namespace is there.
    isReady: async () => {
      const serves = await answersOk(`http://127.0.0.1:${options.uiPort}/api/v1/namespaces/default`);
      if (serves) markComplete(options.databaseFile);
      return serves;
    },
  };
}

/**
 * The server makes its tables only in a file that does not exist yet. One that it was killed over while it made them would never work, and
 * holds nothing: it was never ready.
 */
function removeHalfMadeDatabase(databaseFile: string): void {
  if (existsSync(`${databaseFile}.complete`)) return;
  for (const suffix of DATABASE_FILES) rmSync(`${databaseFile}${suffix}`, { force: true });
}

function markComplete(databaseFile: string): void {
  writeFileSync(`${databaseFile}.complete`, '');
  // Histories name what users film: nobody else on the machine reads them.
  for (const suffix of DATABASE_FILES) {
    if (existsSync(`${databaseFile}${suffix}`)) chmodSync(`${databaseFile}${suffix}`, 0o600);
  }
}
