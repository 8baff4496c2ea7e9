import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@showrunner/contracts';

export interface FfmpegRun {
  /** Path of the ffmpeg (or ffprobe) program. */
  program: string;
  args: string[];
  signal?: AbortSignal;
  /** Film time rendered so far, ms; needs `-progress pipe:1` among the arguments. */
  onProgress?: (renderedMs: number) => void;
  /** Folder it runs in. */
  cwd?: string;
  /** What it reads as its standard input, taken no faster than it reads. */
  input?: AsyncIterable<Buffer>;
}

export const KEPT_STDERR = 8000;

/**
 * Runs ffmpeg to its end and returns its standard output. Aborting kills it and waits until it is gone.
 * @throws AppError `ffmpeg_failed` with its last lines, `ffmpeg_missing`; the signal's reason when aborted; what `input` throws
 */
export function runFfmpeg({ program, args, signal, onProgress, cwd, input }: FfmpegRun): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(program, args, {
      cwd,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    });
    const out: Buffer[] = [];
    let stderr = '';
    let failure: Error | null = null;
    let inputFailure: Error | null = null;
    if (input !== undefined && child.stdin !== null) {
      pipeline(Readable.from(input, { objectMode: false }), child.stdin).catch(
        (error: NodeJS.ErrnoException) => {
          // One that ended before its input did says itself why.
          if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
          inputFailure = error;
          child.kill('SIGKILL');
        },
      );
    }
    child.stdout?.on('data', (data: Buffer) => {
      if (onProgress === undefined) out.push(data);
      else reportProgress(data.toString(), onProgress);
    });
    child.stderr?.on('data', (data: Buffer) => {
      stderr = (stderr + data.toString()).slice(-KEPT_STDERR);
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      failure = error;
      // Never started: there will be no close event to wait for.
      if (child.pid === undefined) reject(missing(program, error));
    });
    child.once('close', (code) => {
      if (signal?.aborted === true) reject(signal.reason as Error);
      else if (code === 0 && failure === null) resolve(Buffer.concat(out));
      else reject(inputFailure ?? failed(stderr, code));
    });
  });
}

function reportProgress(text: string, onProgress: (renderedMs: number) => void): void {
  const last = [...text.matchAll(/out_time_us=(\d+)/gu)].at(-1)?.[1];
  if (last !== undefined) onProgress(Number(last) / 1000);
}

export function missing(program: string, cause: Error): AppError {
  return new AppError('ffmpeg_missing', `The program ${program} could not be started.`, {
    remedy: 'Install ffmpeg, or run `npm run showrunner -- doctor` to see what is missing.',
    cause,
  });
}

export function failed(stderr: string, code: number | null): AppError {
  const lines = stderr.trim().split('\n').slice(-6).join('\n');
  return new AppError(
    'ffmpeg_failed',
    `ffmpeg ended with ${code === null ? 'a signal' : `code ${code}`}: ${lines}`,
    {
      remedy: 'Run `npm run showrunner -- doctor`; an ffmpeg with libx264 and libass is needed.',
      retryable: true,
    },
  );
}
