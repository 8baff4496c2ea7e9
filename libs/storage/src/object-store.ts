import type { Readable } from 'node:stream';

export interface ObjectHead {
  /** Length in bytes. */
  bytes: number;
  /** Quoted; changes when the content is replaced. */
  etag: string;
  contentType: string;
}

/** Byte positions, 0-based, both included; without `end` up to the last byte. */
export interface ByteRange {
  start: number;
  end?: number;
}

export interface StoredObject extends ObjectHead {
  /** The bytes of `range`. Destroy it when it is not read to its end. */
  stream: Readable;
  /** What is sent, both included; `{start: 0, end: bytes - 1}` for the whole. */
  range: { start: number; end: number };
}

export interface ListedObject {
  key: string;
  bytes: number;
  /** When it was stored or replaced, ms since the epoch. */
  modifiedAtMs: number;
}

/** Content of an object: a stream of any length, bytes, or text. */
export type ObjectBody = Readable | Uint8Array | string;

/**
 * Where uploads, takes, histories and films lie. Keys are those of `storageKeys`; readers see an object whole or not at all. The content
 * type follows from the end of the key.
 */
export interface ObjectStore {
  /** Stores or replaces. On an error, also of the stream given, nothing is stored and an older object stays. */
  put(key: string, body: ObjectBody): Promise<ObjectHead>;
  /** Stores a copy of a file. */
  putFile(key: string, path: string): Promise<ObjectHead>;
  /** @throws {NotFoundError}, or `range_not_satisfiable` (416) when the range begins behind the end. */
  get(key: string, range?: ByteRange): Promise<StoredObject>;
  /** The whole object in memory: for small ones. @throws {NotFoundError} */
  read(key: string): Promise<Buffer>;
  /** null when there is none. */
  head(key: string): Promise<ObjectHead | null>;
  /** Succeeds when there is none. */
  delete(key: string): Promise<void>;
  /** Objects whose key begins with `prefix`, in order of their keys. */
  list(prefix: string): Promise<ListedObject[]>;
}
