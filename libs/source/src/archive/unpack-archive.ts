import { AppError, InvalidInputError, type ArchiveSource } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import type { FetchOptions } from '../fetch.types';
import { UNPACK_SCRIPT } from './unpack-script';

const UPLOAD = '/app/.showrunner/upload';
const LIMITS = {
  maxEntries: 100_000,
  maxBytes: 2 * 1024 ** 3,
  maxRatio: 200,
  ratioFromBytes: 50 * 1024 ** 2,
};

const REMEDIES = {
  archive_unsafe_path: 'Pack the folder again with paths relative to it.',
  archive_link:
    'Pack the folder again without links that lead out of it (tar --dereference stores the files instead).',
  archive_special_file: 'Pack the folder again without devices, sockets and pipes.',
  archive_bomb: 'Leave out the large generated files and pack the folder again.',
  archive_too_large: 'Leave out node_modules, build results and data, and pack the folder again.',
  archive_encrypted: 'Pack the folder again without a password.',
  archive_unreadable: 'Use a zip, tar or tar.gz file and check that it opens on your machine.',
} as const;
type ArchiveFault = keyof typeof REMEDIES;

/**
 * Streams an uploaded archive into the sandbox and unpacks it there, in a folder of the sandbox's disk.
 * @throws InvalidInputError with one of the codes above
 */
export async function unpackArchive(
  sandbox: Sandbox,
  source: ArchiveSource,
  folder: string,
  options: FetchOptions,
): Promise<void> {
  if (options.openArchive === undefined) {
    throw new AppError('archive_not_given', 'The caller has no way to read uploads.', {
      remedy: 'Pass openArchive.',
    });
  }
  const limits = { timeoutMs: options.timeoutMs, signal: options.signal, cwd: '/' };
  await requireSuccess(sandbox, ['mkdir', '-p', '/app/.showrunner'], limits);
  const stored = await sandbox.exec(['/bin/sh', '-c', 'cat > "$1"', 'store', UPLOAD], {
    ...limits,
    stdin: await options.openArchive(source.storageKey),
  });
  if (stored.exitCode !== 0)
    throw refused('archive_too_large', `${source.fileName} does not fit on the disk of the sandbox.`);

  const argv = [
    'python3',
    '-I',
    '-c',
    UNPACK_SCRIPT,
    UPLOAD,
    folder,
    JSON.stringify({ ...LIMITS, ...options.archiveLimits }),
  ];
  const done = await sandbox.exec(argv, limits);
  await requireSuccess(sandbox, ['rm', '-f', UPLOAD], limits);
  if (done.timedOut)
    throw refused(
      'archive_bomb',
      `${source.fileName} took longer than ${options.timeoutMs / 1000} s to unpack.`,
    );
  if (done.outOfMemory || done.signal === 'SIGKILL')
    throw refused(
      'archive_bomb',
      `${source.fileName} needs more memory to be unpacked than the sandbox has.`,
    );
  const outcome = answerOf(done.stdout);
  if (outcome === undefined) {
    throw refused(
      'archive_unreadable',
      `${source.fileName} could not be unpacked: ${done.stderr.trim().slice(-300)}`,
    );
  }
  if (outcome.code !== undefined)
    throw refused(outcome.code, outcome.message ?? 'The archive cannot be used.');
}

function answerOf(text: string): { code?: ArchiveFault; message?: string } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { code, message } = value as Record<string, unknown>;
    return typeof code === 'string'
      ? {
          code: isArchiveFault(code) ? code : 'archive_unreadable',
          message: typeof message === 'string' ? message : undefined,
        }
      : {};
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The sandbox's word for it counts only where it is one of ours. */
const isArchiveFault = (code: string): code is ArchiveFault => Object.hasOwn(REMEDIES, code);

const refused = (code: ArchiveFault, message: string): InvalidInputError =>
  new InvalidInputError(code, message, { remedy: REMEDIES[code] });

async function requireSuccess(
  sandbox: Sandbox,
  argv: string[],
  options: { signal?: AbortSignal },
): Promise<void> {
  const done = await sandbox.exec(argv, options);
  if (done.exitCode === 0) return;
  throw new AppError(
    'source_not_stored',
    `The sandbox could not store the source: ${done.stderr.trim().slice(-300)}`,
    { retryable: true },
  );
}
