import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { RecordedStatus, StartRequest } from '../keeper-protocol';
import { BoundedLog, replaceFile } from './bounded-log';

const running = new Map<string, RecordedStatus>();

function record(status: RecordedStatus): void {
  replaceFile(`processes/${status.name}.json`, JSON.stringify(status));
}

/** Starts a named process unless it runs; drains its output into its bounded log and records how it ended. */
export function startNamed({ name, argv, leaf, env }: StartRequest): RecordedStatus {
  const known = running.get(name);
  if (known !== undefined) return known;
  mkdirSync('processes', { recursive: true, mode: 0o700 });
  const log = new BoundedLog(`processes/${name}`);
  const startedAt = new Date().toISOString();
  const status: RecordedStatus = { name, running: true, exitCode: null, signal: null, startedAt, leaf };
  const [file = '', ...args] = argv;
  const child = spawn(file, args, { cwd: '/', env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.set(name, status);
  record(status);
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => log.write(chunk));
  const ended = (exitCode: number | null, signal: string | null) => {
    running.delete(name);
    record({ ...status, running: false, exitCode, signal });
  };
  child.once('error', (error) => {
    log.write(Buffer.from(`${error.message}\n`));
    ended(127, null);
  });
  child.once('exit', ended);
  child.once('close', () => log.close());
  return status;
}
