import { posix } from 'node:path';
import { AppError, InvalidInputError } from '@showrunner/contracts';
import type { ExecOptions } from '../sandbox.types';
import type { FinishedCommand } from './run-command';

type Run = (command: readonly string[], options: ExecOptions) => Promise<FinishedCommand>;

const DEFAULT_MAX_BYTES = 16 * 1024 ** 2;
const MISSING = 44;

function requireAbsolute(path: string): void {
  if (!posix.isAbsolute(path) || path.includes('\0'))
    throw new InvalidInputError('sandbox_path_invalid', `"${path.slice(0, 200)}" is not an absolute path.`);
}

/**
 * Files are moved by commands inside, as the sandbox's user: a link that the app planted leads nowhere it could not go itself.
 * @throws AppError `file_not_written` with what the sandbox said (no space, read-only, no permission)
 */
export async function writeSandboxFile(run: Run, path: string, content: string | Uint8Array): Promise<void> {
  requireAbsolute(path);
  const stdin = typeof content === 'string' ? Buffer.from(content) : content;
  const script = 'mkdir -p -- "$(dirname -- "$1")" && cat > "$1"';
  const done = await run(['/bin/sh', '-c', script, 'write', path], { stdin, cwd: '/' });
  if (done.exitCode !== 0)
    throw new AppError(
      'file_not_written',
      `"${path}" was not written: ${done.stderr.text().trim().slice(-300)}`,
      {
        remedy: 'Write below /app or /tmp, within the disk limit.',
      },
    );
}

/** @throws AppError `file_not_found`, `file_too_large` */
export async function readSandboxFile(run: Run, path: string, maxBytes = DEFAULT_MAX_BYTES): Promise<Buffer> {
  requireAbsolute(path);
  const script = `[ -f "$1" ] || exit ${MISSING}; head -c "$2" -- "$1"`;
  const argv = ['/bin/sh', '-c', script, 'read', path, String(maxBytes + 1)];
  const done = await run(argv, { cwd: '/', maxOutputBytes: 2 * (maxBytes + 1) });
  if (done.exitCode === MISSING)
    throw new AppError('file_not_found', `There is no file "${path}" in the sandbox.`, { status: 404 });
  if (done.exitCode !== 0)
    throw new AppError('file_not_read', `"${path}" was not read: ${done.stderr.text().trim().slice(-300)}`);
  if (done.stdout.total > maxBytes)
    throw new AppError('file_too_large', `"${path}" is larger than ${maxBytes} bytes.`, { status: 413 });
  return done.stdout.bytes();
}
