import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '@showrunner/contracts';
import type { ExecOptions, ExecResult, Sandbox } from '../sandbox.types';
import { fileNotWritable } from './file-errors';
import { pathCommand } from './file-paths';
import { cleanTar } from './tar/clean-tar';
import { refused } from './tar/entry-rules';
import merge from './merge.sh';

export interface UploadOptions {
  maxBytes?: number;
  signal?: AbortSignal;
}

const DEFAULT_MAX_BYTES = 1024 ** 3;
const MAX_ENTRIES = 300_000;
/** Folders of uploads that are under way lie in the target, which makes the last step a rename. */
export const STAGING_PREFIX = '.showrunner-upload-';

/** `$1`: the folder, `$2`: the staging folder's name. What an upload that died left behind goes after an hour. */
const UNPACK = `mkdir -p -- "$1" || exit 1
find "$1" -mindepth 1 -maxdepth 1 -name '${STAGING_PREFIX}*' -mmin +60 -exec rm -rf -- {} + 2>/dev/null
mkdir -- "$1/$2" && exec env LC_ALL=C tar -x -o -f - -C "$1/$2"`;

/** Moves everything over; folders that are there already are filled, other entries replaced, links never followed. */
const MERGE = merge;

const REMOVE = 'rm -rf -- "$1/$2"';

/** Unpacks a tar stream under a folder, inside; either all of it arrives or nothing. */
export async function uploadTar(
  sandbox: Pick<Sandbox, 'exec'>,
  folder: string,
  tar: Readable,
  { maxBytes = DEFAULT_MAX_BYTES, signal }: UploadOptions,
): Promise<void> {
  const staging = `${STAGING_PREFIX}${randomBytes(6).toString('hex')}`;
  const run = (script: string, options: ExecOptions = {}): Promise<ExecResult> =>
    sandbox.exec(pathCommand(script, folder, staging), { cwd: '/', ...options });
  const failed = new AbortController();
  let failure: Error | undefined;
  /** A stream that fails ends the command instead of the input: half an archive must not look like a whole one. */
  async function* guarded(): AsyncGenerator<Buffer> {
    try {
      yield* cleanTar(plainTar(tar), { maxEntries: MAX_ENTRIES, maxBytes });
    } catch (error) {
      failure = error instanceof Error ? error : new TypeError('The stream failed.', { cause: error });
      failed.abort();
    }
  }
  try {
    const unpacked = await run(UNPACK, {
      stdin: Readable.from(guarded(), { objectMode: false, highWaterMark: 1024 ** 2 }),
      signal: signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]),
    });
    if (failure !== undefined) throw failure;
    if (unpacked.exitCode !== 0) throw fileNotWritable(folder, unpacked.stderr);
    const merged = await run(MERGE);
    if (merged.exitCode !== 0) throw fileNotWritable(folder, merged.stderr);
  } catch (error) {
    const cause = failure ?? error; // before the stream ends, which it would take for a cut
    tar.destroy();
    await run(REMOVE).catch((cleaning: unknown) => {
      if (!(cleaning instanceof AppError)) throw cleaning; // the sandbox is gone, and with it the folder
    });
    throw cause;
  }
}

/** The archive without its gzip layer, if it has one. */
async function* plainTar(source: Readable): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done === true) throw refused('archive_unreadable', 'The archive is empty.');
    head = Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  }
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* whole();
  const gunzip = createGunzip();
  const packed = Readable.from(whole());
  packed.on('error', (error) => gunzip.destroy(error));
  try {
    yield* packed.pipe(gunzip) as AsyncIterable<Buffer>;
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    throw refused('archive_unreadable', 'The archive cannot be read: its gzip data is damaged or cut off.');
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}
