import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { mkdirSync } from 'node:fs';
import type { InputRequest, RecordedStatus, StartRequest } from '../shim-protocol';
import { BoundedLog, replaceFile } from './bounded-log';

/** Input a process has not read yet; more is refused. */
const MAX_INPUT_BYTES = 1024 * 1024;

const running = new Map<string, RecordedStatus>();
const inputs = new Map<string, Writable>();

function record(status: RecordedStatus): void {
  replaceFile(`processes/${status.name}.json`, JSON.stringify(status));
}

/** Starts a named process unless it runs; drains its output into its bounded log and records how it ended. */
export function startNamed(
  { name, argv, leaf, env }: StartRequest,
  keeper: RecordedStatus['keeper'],
): RecordedStatus {
  const known = running.get(name);
  if (known !== undefined) return known;
  mkdirSync('processes', { recursive: true, mode: 0o700 });
  const log = new BoundedLog(`processes/${name}`);
  const startedAt = new Date().toISOString();
  const status: RecordedStatus = {
    ...{ name, running: true, exitCode: null, signal: null, startedAt },
    ...{ leaf, keeper },
  };
  const [file = '', ...args] = argv;
  const child = spawn(file, args, { cwd: '/', env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  running.set(name, status);
  inputs.set(name, child.stdin);
  // A process need not read its input: EPIPE is its right.
  child.stdin.on('error', () => undefined);
  record(status);
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => log.write(chunk));
  const ended = (exitCode: number | null, signal: string | null) => {
    running.delete(name);
    inputs.delete(name);
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

/** Hands bytes to a running process; `fail` gets the code of the error when that cannot be. */
export function writeInput(
  { name, base64 }: InputRequest,
  done: () => void,
  fail: (code: string, message: string) => void,
): void {
  const input = inputs.get(name);
  if (input === undefined || input.destroyed) return fail('process_not_running', 'it does not run');
  if (input.writableLength > MAX_INPUT_BYTES) return fail('process_input_full', 'it does not read its input');
  input.write(Buffer.from(base64, 'base64'));
  done();
}
