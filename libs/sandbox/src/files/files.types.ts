import type { Readable } from 'node:stream';

export interface FileStat {
  /** Absolute path inside. */
  path: string;
  kind: 'file' | 'directory' | 'link' | 'other';
  bytes: number;
  /** Permission bits, e.g. 0o644. */
  mode: number;
  modifiedAt: string;
  /** Where a link points, as written. */
  target?: string;
}

export interface FileChange {
  path: string;
  change: 'created' | 'modified' | 'removed';
}

/** Files of one sandbox. Paths are absolute; a NUL byte or a relative path is refused with `file_path_invalid`. */
export interface SandboxFiles {
  /** undefined when there is none; links are not followed. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Entries of a folder, sorted by path; `depth` 1 is the folder's own. Bounded: `truncated` tells. @throws AppError `file_not_found` */
  list(
    path: string,
    options?: { depth?: number; maxEntries?: number },
  ): Promise<{ entries: FileStat[]; truncated: boolean }>;
  /** @throws AppError `file_not_found`, `file_too_large` (default bound 16 MiB) */
  read(path: string, maxBytes?: number): Promise<Buffer>;
  /** Makes missing parent folders. @throws AppError `file_not_writable` */
  write(path: string, content: string | Uint8Array, options?: { mode?: number }): Promise<void>;
  makeDirectory(path: string): Promise<void>;
  /** Removes a file or a whole folder; nothing when there is none. */
  remove(path: string): Promise<void>;
  /** Unpacks a tar stream (gzip allowed) under a folder, as the sandbox user, inside; nothing outside the folder can be written. */
  upload(folder: string, tar: Readable, options?: { maxBytes?: number; signal?: AbortSignal }): Promise<void>;
  /** A gzip tar stream of a folder; ends with an error past `maxBytes` (default 1 GiB). */
  download(folder: string, options?: { maxBytes?: number; signal?: AbortSignal }): Promise<Readable>;
  /** Changes below a folder from the call on, until the signal; at most `intervalMs` late (default 500). */
  watch(folder: string, options: { signal: AbortSignal; intervalMs?: number }): AsyncIterable<FileChange>;
}
