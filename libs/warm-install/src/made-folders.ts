import { TOOLS_FOLDER } from '@showrunner/build-detection';
import { AppError, InvalidInputError } from '@showrunner/contracts';
import type { ExecOptions, Sandbox } from '@showrunner/sandbox';
import { MADE_NAMES, MADE_PATHS } from './install-inputs';

export type Packing = 'zstd' | 'gzip';
export interface Packed {
  packing: Packing;
  bytes: number;
}
type Bounds = Pick<ExecOptions, 'timeoutMs' | 'signal'>;

const FOLDER = '/home/app/.showrunner-install';
const PACK_FILE = `${FOLDER}/pack`;
const NOTHING = 44;
const TOO_LARGE = 45;
const MIB = 1024 ** 2;
const PART_MIB = 16;

const MADE = [
  `-path '.${TOOLS_FOLDER}'`,
  ...MADE_NAMES.map((name) => `-name '${name}'`),
  ...MADE_PATHS.map((path) => `-path '*/${path}'`),
].join(' -o ');
/** Without its cache, Yarn fetches every package anew, whether or not it is there already. */
const YARN_CACHE = './home/app/.yarn/berry/cache';
/** From the root of the file system. */
const FIND = `{ find ./app/ -path ./app/.git -prune -o \\( ${MADE} \\) -prune -print0; [ ! -d ${YARN_CACHE} ] || printf '${YARN_CACHE}\\0'; }`;

/** `$1`: most bytes. Prints how it is packed and how long it is. */
const PACK = `umask 077
rm -rf ${FOLDER} && mkdir -p ${FOLDER} && cd / || exit 1
${FIND} | LC_ALL=C sort -z > ${FOLDER}/list
[ -s ${FOLDER}/list ] || exit ${NOTHING}
if command -v zstd > /dev/null; then kind=zstd; packer='zstd -q -1 -T0 -c'; else kind=gzip; packer='gzip -1 -c'; fi
{ LC_ALL=C tar --null -c -f - -T ${FOLDER}/list 2> ${FOLDER}/errors; echo "$?" > ${FOLDER}/status; } | $packer | head -c "$(($1 + 1))" > ${PACK_FILE}
bytes=$(stat -c %s ${PACK_FILE}) || exit 1
[ "$bytes" -le "$1" ] || exit ${TOO_LARGE}
[ "$(cat ${FOLDER}/status)" = 0 ] || { tail -c 300 ${FOLDER}/errors >&2; exit 1; }
echo "$kind $bytes"`;
/** `$1`: how it is packed. */
const UNPACK = `cd / || exit 1
if [ "$1" = zstd ]; then exec tar -I zstd -x -p --no-same-owner -f -; fi
exec tar -z -x -p --no-same-owner -f -`;
/** Folders that forbid their owner to change them, as module caches have, are opened first. */
const REMOVE = `cd / || exit 1
${FIND} | xargs -0 -r sh -c 'chmod -R u+rwX -- "$@" 2> /dev/null; exec rm -rf -- "$@"' made`;

const script = (text: string, ...args: string[]): string[] => ['/bin/sh', '-c', text, 'install', ...args];

/**
 * Packs what an install made into one file inside; undefined when it made nothing.
 * @throws AppError `install_too_large`, `install_not_packed`
 */
export async function packMade(
  sandbox: Pick<Sandbox, 'exec'>,
  maxBytes: number,
  bounds: Bounds,
): Promise<Packed | undefined> {
  const done = await sandbox.exec(script(PACK, String(maxBytes)), { cwd: '/', ...bounds });
  if (done.exitCode === NOTHING) return undefined;
  if (done.exitCode === TOO_LARGE) {
    throw new InvalidInputError(
      'install_too_large',
      `What the install made takes more than ${Math.round(maxBytes / MIB)} MiB packed.`,
    );
  }
  const [, packing, bytes] = /^(zstd|gzip) (\d+)\n$/.exec(done.stdout) ?? [];
  if (done.exitCode !== 0 || (packing !== 'zstd' && packing !== 'gzip')) throw notPacked(done.stderr);
  return { packing, bytes: Number(bytes) };
}

/** The packed file, in parts that are fetched as they are read: a slow reader costs no memory. Ends with an error when a part is not whole. */
export async function* readPacked(
  sandbox: Pick<Sandbox, 'exec'>,
  { bytes }: Packed,
  bounds: Bounds,
): AsyncGenerator<Buffer> {
  const partBytes = PART_MIB * MIB;
  for (let from = 0; from < bytes; from += partBytes) {
    const chunks: Buffer[] = [];
    let got = 0;
    const wanted = Math.min(partBytes, bytes - from);
    const dd = ['dd', `if=${PACK_FILE}`, 'bs=1M', `skip=${from / MIB}`, `count=${PART_MIB}`, 'status=none'];
    const done = await sandbox.exec(dd, {
      cwd: '/',
      maxOutputBytes: 4096,
      ...bounds,
      onOutput: (stream, chunk) => {
        if (stream !== 'stdout') return;
        got += chunk.length;
        if (got <= wanted) chunks.push(chunk);
      },
    });
    if (done.exitCode !== 0 || got !== wanted) throw notPacked(done.stderr || 'it changed while it was read');
    yield* chunks;
  }
}

export async function removePacked(sandbox: Pick<Sandbox, 'exec'>, bounds: Bounds): Promise<void> {
  await sandbox.exec(['rm', '-rf', '--', FOLDER], { cwd: '/', ...bounds });
}

/** Unpacks inside, as the sandbox's user. @throws AppError `install_not_restored`, `exec_aborted` */
export async function unpackMade(
  sandbox: Pick<Sandbox, 'exec'>,
  packing: Packing,
  pack: NodeJS.ReadableStream,
  bounds: Bounds,
): Promise<void> {
  const done = await sandbox.exec(script(UNPACK, packing), { cwd: '/', stdin: pack, ...bounds });
  if (done.exitCode === 0) return;
  throw new AppError(
    'install_not_restored',
    `An earlier install could not be unpacked: ${done.stderr.trim().slice(-300)}`,
    { retryable: true },
  );
}

/** Removes whatever stands where an install puts its results. @throws AppError `install_not_removed` */
export async function removeMade(sandbox: Pick<Sandbox, 'exec'>, bounds: Bounds): Promise<void> {
  const done = await sandbox.exec(script(REMOVE), { cwd: '/', ...bounds });
  if (done.exitCode === 0) return;
  throw new AppError(
    'install_not_removed',
    `What was left of an earlier install could not be removed: ${done.stderr.trim().slice(-300)}`,
    { retryable: true },
  );
}

const notPacked = (why: string): AppError =>
  new AppError('install_not_packed', `The install could not be packed: ${why.trim().slice(-300)}`, {
    retryable: true,
  });
