import type { Readable } from 'node:stream';
import { collectOutput } from '../exec/collect-output';
import type { Sandbox } from '../sandbox.types';
import { downloadTar, type DownloadOptions } from './download';
import { fileNotFound, fileNotReadable, fileNotWritable, fileTooLarge } from './file-errors';
import { pathCommand, requirePath } from './file-paths';
import type { FileChange, FileStat, SandboxFiles } from './files.types';
import { LIST_SCRIPT, MISSING, parseListing, STAT_SCRIPT, type ListedFile } from './listing';
import { uploadTar, type UploadOptions } from './upload';
import { watchFolder, type WatchOptions } from './watch';

const DEFAULT_READ_BYTES = 16 * 1024 ** 2;
const DEFAULT_ENTRIES = 10_000;
/** Facts and name of an entry are rarely longer. */
const LISTING_BYTES_PER_ENTRY = 1024;

/** The reader stops it at the bound; `head -c` would, too, but in pieces of 8 KiB. */
const READ = `[ -f "$1" ] || exit ${MISSING}
exec cat -- "$1"`;
/** `$2`: the mode, or nothing. */
const WRITE = `case $1 in /*/*) mkdir -p -- "\${1%/*}" || exit 1;; esac
[ -z "$2" ] || umask 077
cat > "$1" || exit 1
[ -z "$2" ] || chmod "$2" -- "$1"`;
const MAKE_FOLDER = 'exec mkdir -p -- "$1"';
/** Folders that forbid their owner to change them, as package caches have, are opened first when need be. */
const REMOVE = `rm -rf -- "$1" 2>/dev/null && exit 0
find "$1" -type d ! -perm -700 -exec chmod u+rwx {} + 2>/dev/null
exec rm -rf -- "$1"`;

/**
 * Files by commands inside, as the sandbox's user: a link that an app planted leads nowhere it could not go itself. Needs a POSIX shell, `stat -c`,
 * `find`, `readlink`, `head -c`, `tar`, `gzip` and `dd`, of GNU or busybox.
 */
export class ExecFiles implements SandboxFiles {
  constructor(private readonly sandbox: Pick<Sandbox, 'exec'>) {}

  async stat(path: string): Promise<FileStat | undefined> {
    const argv = pathCommand(STAT_SCRIPT, requirePath(path));
    const found = await collectOutput(this.sandbox, argv, { maxBytes: 64 * 1024 });
    if (found.exitCode === MISSING) return undefined;
    const [file] = parseListing(found.bytes);
    return file === undefined ? undefined : publicStat(file);
  }

  async list(
    path: string,
    { depth = 1, maxEntries = DEFAULT_ENTRIES }: { depth?: number; maxEntries?: number } = {},
  ): Promise<{ entries: FileStat[]; truncated: boolean }> {
    const folder = requirePath(path);
    const argv = pathCommand(LIST_SCRIPT, folder, String(Math.max(1, Math.trunc(depth))));
    const maxBytes = (maxEntries + 1) * LISTING_BYTES_PER_ENTRY;
    const listed = await collectOutput(this.sandbox, argv, { maxBytes });
    if (listed.exitCode === MISSING) throw fileNotFound(folder);
    const all = parseListing(listed.bytes).sort((a, b) => (a.path < b.path ? -1 : 1));
    const entries = all.slice(0, maxEntries).map(publicStat);
    return { entries, truncated: listed.overflow || all.length > maxEntries };
  }

  async read(path: string, maxBytes = DEFAULT_READ_BYTES): Promise<Buffer> {
    const file = requirePath(path);
    const argv = pathCommand(READ, file);
    const read = await collectOutput(this.sandbox, argv, { maxBytes });
    if (read.overflow) throw fileTooLarge(file, maxBytes);
    if (read.exitCode === MISSING) throw fileNotFound(file);
    if (read.exitCode !== 0) throw fileNotReadable(file, read.stderr);
    return read.bytes;
  }

  async write(path: string, content: string | Uint8Array, { mode }: { mode?: number } = {}): Promise<void> {
    const file = requirePath(path);
    const stdin = typeof content === 'string' ? Buffer.from(content) : content;
    const argv = pathCommand(WRITE, file, mode === undefined ? '' : (mode & 0o7777).toString(8));
    await this.change(file, argv, stdin);
  }

  async makeDirectory(path: string): Promise<void> {
    const folder = requirePath(path);
    await this.change(folder, pathCommand(MAKE_FOLDER, folder));
  }

  async remove(path: string): Promise<void> {
    const file = requirePath(path);
    await this.change(file, pathCommand(REMOVE, file));
  }

  private async change(path: string, argv: string[], stdin?: Uint8Array): Promise<void> {
    const done = await this.sandbox.exec(argv, { cwd: '/', stdin });
    if (done.exitCode !== 0) throw fileNotWritable(path, done.stderr);
  }

  async upload(folder: string, tar: Readable, options: UploadOptions = {}): Promise<void> {
    await uploadTar(this.sandbox, requirePath(folder), tar, options);
  }

  async download(folder: string, options: DownloadOptions = {}): Promise<Readable> {
    const path = requirePath(folder);
    // By its slash a link to a folder is that folder.
    const found = await collectOutput(this.sandbox, pathCommand('[ -d "$1" ]', path), { maxBytes: 0 });
    if (found.exitCode !== 0) throw fileNotFound(path);
    return downloadTar(this.sandbox, path, options);
  }

  watch(folder: string, options: WatchOptions): AsyncIterable<FileChange> {
    return watchFolder(this.sandbox, requirePath(folder), options);
  }
}

function publicStat({ fingerprint: _fingerprint, ...file }: ListedFile): FileStat {
  return file;
}
