import { AppError } from '@showrunner/contracts';
import type { ExecOptions, ExecResult, Sandbox } from '../sandbox.types';

export interface CollectedOutput {
  /** Standard output as bytes, at most `maxBytes` of them. */
  bytes: Buffer;
  /** There was more; the command was ended. */
  overflow: boolean;
  exitCode: number | null;
  stderr: string;
  result?: ExecResult;
}

/** What stderr and the result itself may hold; the bytes come by the stream. */
const KEPT_BYTES = 64 * 1024;

/**
 * Runs a command for the bytes of its standard output, which may be anything. A command that prints more than `maxBytes` is ended.
 * @throws AppError `exec_aborted` when `options.signal` fires
 */
export async function collectOutput(
  sandbox: Pick<Sandbox, 'exec'>,
  command: readonly string[],
  options: ExecOptions & { maxBytes: number },
): Promise<CollectedOutput> {
  const enough = new AbortController();
  const chunks: Buffer[] = [];
  let total = 0;
  const { maxBytes, signal, ...rest } = options;
  try {
    const result = await sandbox.exec(command, {
      cwd: '/',
      maxOutputBytes: KEPT_BYTES,
      ...rest,
      signal: signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]),
      onOutput: (stream, chunk) => {
        if (stream !== 'stdout') return;
        const room = maxBytes - total;
        total += chunk.length;
        if (room > 0) chunks.push(chunk.subarray(0, room));
        if (total > maxBytes) enough.abort();
      },
    });
    const { exitCode, stderr } = result;
    return { bytes: Buffer.concat(chunks), overflow: total > maxBytes, exitCode, stderr, result };
  } catch (error) {
    const ours = error instanceof AppError && error.code === 'exec_aborted' && signal?.aborted !== true;
    if (!ours || total <= maxBytes) throw error;
    return { bytes: Buffer.concat(chunks), overflow: true, exitCode: null, stderr: '' };
  }
}
