import { AppError, InvalidInputError, type BuildSpec } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import type { ObjectStore } from '@showrunner/storage';
import { sourceFolder } from '../app-command';
import { GATHER_CONTEXT } from './build-context.text';

/** On the disk of /app, so that gathering moves names and copies nothing. */
const CONTEXT = '/app/.showrunner/context';
const GATHER_MS = 120_000;
/** Packed. */
export const MAX_CONTEXT_BYTES = 1024 ** 3;

export interface ContextOptions {
  buildSpec: Pick<BuildSpec, 'dir'> & { container: { dockerfile: string } };
  /** Where it is kept in the store. */
  key: string;
  signal: AbortSignal;
  maxBytes?: number;
}

/**
 * Puts the folder of the app, less what its `.dockerignore` leaves out, as a gzip tar into the object store: bytes that nobody here looks
 * into. Uses the source up. Nothing when it is there already.
 * @throws AppError `build_context_unreadable`, InvalidInputError `build_context_too_large`
 */
export async function storeBuildContext(
  sandbox: Sandbox,
  store: Pick<ObjectStore, 'put' | 'head'>,
  { buildSpec, key, signal, maxBytes = MAX_CONTEXT_BYTES }: ContextOptions,
): Promise<void> {
  if ((await store.head(key)) !== null) return;
  const gathered = await sandbox.exec(
    ['python3', '-I', '-c', GATHER_CONTEXT, sourceFolder(buildSpec), CONTEXT, buildSpec.container.dockerfile],
    { cwd: '/', timeoutMs: GATHER_MS, signal },
  );
  if (gathered.exitCode !== 0)
    throw new AppError(
      'build_context_unreadable',
      gathered.timedOut
        ? 'Leaving out what .dockerignore names took too long.'
        : `The files for the image could not be gathered: ${gathered.stderr.trim().slice(-300)}`,
      { status: 422, remedy: 'Simplify .dockerignore, or give a source that is a plain folder.' },
    );
  try {
    await store.put(key, await sandbox.files.download(CONTEXT, { maxBytes, signal }));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'file_too_large') throw error;
    throw new InvalidInputError(
      'build_context_too_large',
      `The folder of the app has more than ${Math.round(maxBytes / 1024 ** 2)} MiB, packed; that is too much to build an image from.`,
      { remedy: 'Name in .dockerignore what the image does not need.', cause: error },
    );
  }
}
