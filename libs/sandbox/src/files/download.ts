import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { AppError } from '@showrunner/contracts';
import { collectOutput } from '../exec/collect-output';
import type { ExecResult, Sandbox } from '../sandbox.types';
import { fileNotReadable, fileTooLarge } from './file-errors';
import { pathCommand } from './file-paths';
import pack from './pack.sh';
import takePart from './take-part.sh';

export interface DownloadOptions {
  maxBytes?: number;
  signal?: AbortSignal;
}

const DEFAULT_MAX_BYTES = 1024 ** 3;
const PART_BYTES = 4 * 1024 ** 2;
const AHEAD = 3;

/**
 * `$1`: the folder, `$2`: where the parts go. Packs into parts of 4 MiB and waits while some lie there unread: so a slow reader slows the
 * packing down, whatever the provider does with the output of commands. Gives up when nothing is read for ten minutes.
 */
const PACK = `ahead=${AHEAD} blocks=${PART_BYTES / 65536}\n${pack}`;

const ENDED = 45;
const NOT_YET = 46;
/** `$1`: where the parts lie, `$2`: the part's number. Takes a part away, or waits for it for some seconds. */
const TAKE = `ended=${ENDED} not_yet=${NOT_YET}\n${takePart}`;

/** What tar says about files that change or vanish while it reads; the archive is sound. */
const HARMLESS =
  /file changed as we read it|File removed before we read it|socket ignored|^tar: Exiting|^\s*$/;

/** A gzip tar stream of a folder that exists. Packing begins with the first read. */
export function downloadTar(
  sandbox: Pick<Sandbox, 'exec'>,
  folder: string,
  { maxBytes = DEFAULT_MAX_BYTES, signal }: DownloadOptions,
): Readable {
  const parts = `/tmp/.showrunner-download-${randomBytes(6).toString('hex')}`;
  const stop = new AbortController();
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  let packing: Promise<ExecResult | AppError> | undefined;

  async function take(number: number): Promise<Buffer | undefined> {
    for (;;) {
      const argv = ['/bin/sh', '-c', TAKE, 'files', parts, String(number)];
      const taken = await collectOutput(sandbox, argv, { maxBytes: PART_BYTES, signal: both });
      if (taken.exitCode === 0) return taken.bytes;
      if (taken.exitCode === ENDED) return void checkEnd(taken.bytes.toString());
      const ended = await Promise.race([packing, Promise.resolve(undefined)]);
      if (taken.exitCode !== NOT_YET || ended !== undefined) throw packingFailed(ended);
    }
  }
  function checkEnd(report: string): void {
    const [status = '', ...lines] = report.split('\n');
    const serious = lines.filter((line) => !HARMLESS.test(line));
    if (status !== '0' && serious.length > 0) throw fileNotReadable(folder, serious.join('\n'));
  }
  function packingFailed(ended: ExecResult | AppError | undefined): Error {
    if (ended instanceof AppError) return ended;
    return fileNotReadable(folder, ended?.stderr || 'packing it failed; there may be no room in /tmp');
  }

  async function* pull(): AsyncGenerator<Buffer> {
    packing = sandbox
      .exec(pathCommand(PACK, folder, parts), { cwd: '/', signal: both })
      .catch((error: unknown) => {
        if (error instanceof AppError) return error;
        throw error;
      });
    let total = 0;
    try {
      let next = take(0);
      for (let number = 1; ; number++) {
        const part = await next;
        if (part === undefined) return;
        total += part.length;
        if (total > maxBytes) throw fileTooLarge(folder, maxBytes);
        next = take(number);
        next.catch(() => undefined); // told when its turn comes
        yield part;
      }
    } finally {
      stop.abort();
      await packing;
      await sandbox.exec(['rm', '-rf', '--', parts], { cwd: '/' }).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error; // the sandbox is gone, and with it the parts
      });
    }
  }
  return Readable.from(pull(), { objectMode: false, highWaterMark: 1 });
}
