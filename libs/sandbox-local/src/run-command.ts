import { spawn } from 'node:child_process';
import { pipeline } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DEFAULT_OUTPUT_BYTES,
  execAborted,
  type FinishedCommand,
  BoundedOutput,
  Hold,
} from '@showrunner/sandbox/provider';
import type { ExecOptions } from '@showrunner/sandbox';
import { HOST_ENVIRONMENT } from './enter';

/** After its end a command's streams normally close at once; this bounds the wait when something else holds them. */
const DRAIN_MS = 2000;
const KILL_AGAIN_MS = 50;

type RunOptions = Pick<ExecOptions, 'stdin' | 'timeoutMs' | 'signal' | 'maxOutputBytes' | 'onOutput'>;

/**
 * Runs an argv to its end and drains its output within bounds.
 * @param killTree ends the command with all its descendants, double forks included; also called after the command's own end,
 * so that nothing it left in the background lives on or holds its streams
 * @throws AppError `exec_aborted` after the tree has ended, when `signal` fires
 */
export async function runCommand(
  argv: readonly string[],
  options: RunOptions,
  killTree: () => Promise<void>,
): Promise<FinishedCommand> {
  const started = performance.now();
  const [file = '', ...args] = argv;
  if (options.signal?.aborted) throw execAborted(options.signal.reason);
  const child = spawn(file, args, {
    cwd: '/',
    env: HOST_ENVIRONMENT,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const limit = options.maxOutputBytes ?? DEFAULT_OUTPUT_BYTES;
  const output = { stdout: new BoundedOutput(limit), stderr: new BoundedOutput(limit) };
  const outputs = [child.stdout, child.stderr];
  const hold = new Hold({
    pause: () => outputs.forEach((stream) => stream.pause()),
    resume: () => outputs.forEach((stream) => stream.resume()),
  });
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => {
      output[name].push(chunk);
      hold.take(options.onOutput?.(name, chunk));
    });
  // A command need not read its input: EPIPE is its right.
  child.stdin.on('error', () => undefined);
  if (options.stdin instanceof Uint8Array) child.stdin.end(options.stdin);
  else if (options.stdin !== undefined) pipeline(options.stdin, child.stdin, () => undefined);
  else child.stdin.end();

  let timedOut = false;
  let failure: Error | undefined;
  let killing: NodeJS.Timeout | undefined;
  const kill = () => {
    killTree().catch((error: Error) => {
      failure = error;
      child.kill('SIGKILL');
    });
  };
  const end = () => {
    hold.release();
    kill();
    // Again until it has ended: a command that was only just started may not have joined its group yet.
    killing ??= setInterval(kill, KILL_AGAIN_MS);
  };
  const timer =
    options.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          end();
        }, options.timeoutMs);
  options.signal?.addEventListener('abort', end, { once: true });
  try {
    const { exitCode, signal } = await new Promise<{ exitCode: number | null; signal: string | null }>(
      (resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (exitCode, signal) => {
          const closed = new Promise<true>((done) => child.once('close', () => done(true)));
          const drained = drainedOrLate(closed, hold);
          killTree()
            .then(() => drained)
            .then(() => resolve({ exitCode, signal }), reject);
        });
      },
    );
    if (failure !== undefined) throw failure;
    if (options.signal?.aborted) throw execAborted(options.signal.reason);
    const durationMs = Math.round(performance.now() - started);
    return { exitCode, signal, ...output, timedOut, durationMs };
  } finally {
    clearTimeout(timer);
    clearInterval(killing);
    options.signal?.removeEventListener('abort', end);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

/** Waits for the end of the streams: as long as their listener takes, but not for something else that holds them. */
async function drainedOrLate(closed: Promise<true>, hold: Hold): Promise<void> {
  do {
    if (await Promise.race([closed, delay(DRAIN_MS, false, { ref: false })])) return;
  } while (hold.heldWithin(DRAIN_MS));
}
