import { AppError } from '@showrunner/contracts';
import {
  filesWorthReading,
  SKIPPED_FOLDERS,
  type FileListing,
  type Runtimes,
} from '@showrunner/build-detection';
import type { Sandbox } from '@showrunner/sandbox';
import { z } from 'zod';

const MAX_FILES = 20_000;
/** Java's packages are folders, one in another. */
const MAX_DEPTH = 12;
const MAX_FILE_BYTES = 1024 ** 2;
const MAX_TOTAL_BYTES = 6 * 1024 ** 2;

/** Prints the files below /app, nearest first, and the versions of the runtimes. Links are not followed. */
const LIST_SCRIPT = listApp;
/** Prints the text of the files named on its input, each and all of them within bounds. */
const READ_SCRIPT = readFiles;
import listApp from './list-app.py';
import readFiles from './read-files.py';
const ListedSchema = z.object({
  files: z.array(z.string()),
  node: z.string(),
  python: z.string(),
  go: z.string(),
});
const ContentsSchema = z.record(z.string(), z.string());

/** What the detector looks at, read inside the sandbox within bounds; of a large source, the chosen folder first. */
export async function collectListing(
  sandbox: Sandbox,
  signal: AbortSignal,
  subdir?: string,
): Promise<{ listing: FileListing; runtimes: Runtimes }> {
  const listed = await runScript(
    sandbox,
    LIST_SCRIPT,
    [JSON.stringify(SKIPPED_FOLDERS), String(MAX_FILES), String(MAX_DEPTH)],
    ListedSchema,
    signal,
  );
  const wanted = JSON.stringify(filesWorthReading(listed.files, subdir));
  const contents = await runScript(
    sandbox,
    READ_SCRIPT,
    [String(MAX_FILE_BYTES), String(MAX_TOTAL_BYTES)],
    ContentsSchema,
    signal,
    wanted,
  );
  return {
    listing: {
      files: listed.files,
      read: (path) => (Object.hasOwn(contents, path) ? contents[path] : undefined),
    },
    runtimes: {
      node: listed.node === '' ? '0.0.0' : listed.node,
      python: listed.python,
      go: /^\d+\.\d+/.test(listed.go) ? listed.go : null,
    },
  };
}

async function runScript<T>(
  sandbox: Sandbox,
  script: string,
  args: string[],
  schema: z.ZodType<T>,
  signal: AbortSignal,
  stdin = '',
): Promise<T> {
  const done = await sandbox.exec(['python3', '-I', '-c', script, ...args], {
    cwd: '/',
    timeoutMs: 60_000,
    maxOutputBytes: 64 * 1024 ** 2,
    stdin: Buffer.from(stdin),
    signal,
  });
  if (done.exitCode !== 0) {
    throw new AppError(
      'source_unreadable',
      `The files of the source could not be read: ${done.stderr.trim().slice(-300)}`,
      { retryable: true },
    );
  }
  return schema.parse(JSON.parse(done.stdout));
}
