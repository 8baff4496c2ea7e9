import { AppError } from '@showrunner/contracts';
import type { BoundedOutput } from '../output/bounded-output';
import type { ExecResult } from '../sandbox.types';

/** Bytes of each stream that are kept unless the caller says otherwise. */
export const DEFAULT_OUTPUT_BYTES = 1024 ** 2;

/** A command that has ended, with its output as it was kept. */
export interface FinishedCommand {
  exitCode: number | null;
  signal: string | null;
  stdout: BoundedOutput;
  stderr: BoundedOutput;
  timedOut: boolean;
  durationMs: number;
}

/** What `exec` answers. @param outOfMemory whether the kernel ended a process for lack of memory meanwhile */
export function resultOf({ stdout, stderr, ...done }: FinishedCommand, outOfMemory: boolean): ExecResult {
  return {
    ...done,
    stdout: stdout.text(),
    stderr: stderr.text(),
    truncated: stdout.truncated || stderr.truncated,
    outOfMemory,
  };
}

/** @param cause why the caller gave up */
export function execAborted(cause: unknown): AppError {
  return new AppError('exec_aborted', 'The command was ended because its caller gave up.', { cause });
}
