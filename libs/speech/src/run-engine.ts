import { spawn } from 'node:child_process';
import { AppError } from '@showrunner/contracts';

export interface EngineRun {
  bwrapPath: string;
  program: string;
  args: readonly string[];
  input: string;
  deadlineMs: number;
  signal: AbortSignal;
}

const MOST_BYTES = 64 * 1024 * 1024;
const KEPT_STDERR = 2000;

/** A namespace of its own in everything: no network, no process but its own; the files of the machine can be read, not written. */
const CONFINED = [
  ...['--unshare-all', '--die-with-parent', '--clearenv'],
  ...['--setenv', 'PATH', '/usr/bin:/bin', '--setenv', 'LANG', 'C.UTF-8', '--setenv', 'HOME', '/tmp'],
  ...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--'],
];

/**
 * Runs an engine of speech to its end and returns its standard output. Text comes to it as standard input alone.
 * @throws AppError `speech_failed` when it fails, is too slow or says too much; `voice_unavailable` when it does not start; the signal's reason
 */
export function runEngine(run: EngineRun): Promise<Buffer> {
  const { bwrapPath, program, args, input, deadlineMs, signal } = run;
  const deadline = AbortSignal.timeout(deadlineMs);
  const ended = AbortSignal.any([signal, deadline]);
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child = spawn(bwrapPath, [...CONFINED, program, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // A session and a group of its own: no terminal, and one signal ends also what bwrap had no time to tie to its own life.
      detached: true,
    });
    const kill = (): void => {
      if (child.pid !== undefined) endGroup(child.pid);
    };
    ended.addEventListener('abort', kill, { once: true });
    const out: Buffer[] = [];
    let bytes = 0;
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => {
      bytes += data.length;
      if (bytes > MOST_BYTES) kill();
      else out.push(data);
    });
    child.stderr.on('data', (data: Buffer) => {
      stderr = (stderr + data.toString()).slice(-KEPT_STDERR);
    });
    // One that ended before it read everything says itself why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', (cause) => reject(unavailable(program, cause)));
    child.once('close', (code) => {
      ended.removeEventListener('abort', kill);
      if (signal.aborted) reject(signal.reason as Error);
      else if (deadline.aborted) reject(failed(program, `said nothing for ${deadlineMs / 1000} s`));
      else if (bytes > MOST_BYTES) reject(failed(program, `said more than ${MOST_BYTES} bytes`));
      else if (code === 0) resolve(Buffer.concat(out));
      else
        reject(
          failed(program, `ended with ${code ?? 'a signal'}: ${stderr.trim().split('\n').at(-1) ?? ''}`),
        );
    });
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const failed = (program: string, how: string): AppError =>
  new AppError('speech_failed', `${program} ${how}`, {
    remedy: 'Run `npm run showrunner -- doctor`, choose another voice, or export without one.',
    retryable: true,
  });

const unavailable = (program: string, cause: Error): AppError =>
  new AppError('voice_unavailable', `${program} could not be started in its confinement.`, {
    remedy: 'Run `npm run showrunner -- doctor` to see what is missing.',
    status: 422,
    cause,
  });
