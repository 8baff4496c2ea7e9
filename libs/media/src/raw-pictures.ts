import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { failed, KEPT_STDERR, missing, type FfmpegRun } from './ffmpeg';

type RawRun = Omit<FfmpegRun, 'onProgress'>;

/**
 * The pictures that ffmpeg writes to its standard output, each `bytes` long; ffmpeg waits for whoever reads. What is no whole picture at the
 * end is left out.
 * @throws AppError `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason when aborted
 */
export function rawPictures(run: RawRun, bytes: number): AsyncGenerator<Buffer> {
  // One is asked for.
  return rawStreams(run, [bytes])[0] as AsyncGenerator<Buffer>;
}

/**
 * As `rawPictures`, for several outputs of one run: `pipe:1`, then `pipe:3` and on. All must be read at the same time, to their end; whoever
 * leaves early ends the run for all.
 */
export function rawStreams(
  { program, args, cwd, signal, input }: RawRun,
  bytes: readonly number[],
): AsyncGenerator<Buffer>[] {
  signal?.throwIfAborted();
  const more = bytes.slice(1).map(() => 'pipe' as const);
  const child = spawn(program, args, {
    cwd,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', ...more],
    signal,
    killSignal: 'SIGKILL',
  });
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => (stderr = (stderr + data.toString()).slice(-KEPT_STDERR)));
  const ended = new Promise<Error | null>((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve(missing(program, error));
    });
    child.once('close', (code) => resolve(code === 0 ? null : failed(stderr, code)));
  });
  if (input !== undefined && child.stdin !== null)
    // One that ends before its input says itself why.
    pipeline(Readable.from(input, { objectMode: false }), child.stdin).catch(() => undefined);
  const outputs = [child.stdout, ...child.stdio.slice(3)];
  return bytes.map(async function* (size, n): AsyncGenerator<Buffer> {
    let isRead = false;
    try {
      yield* pictures(outputs[n] as Readable, size);
      isRead = true;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      if (!isRead) child.kill('SIGKILL');
      await ended;
    }
    signal?.throwIfAborted();
    const error = await ended;
    if (error !== null) throw error;
  });
}

async function* pictures(output: Readable, size: number): AsyncGenerator<Buffer> {
  let picture = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const chunk of output as AsyncIterable<Buffer>) {
    for (let from = 0; from < chunk.length;) {
      const taken = chunk.copy(picture, filled, from, Math.min(chunk.length, from + size - filled));
      filled += taken;
      from += taken;
      if (filled < size) continue;
      yield picture;
      picture = Buffer.allocUnsafe(size);
      filled = 0;
    }
  }
}
