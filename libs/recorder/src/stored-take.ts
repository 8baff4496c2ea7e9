import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { storageKeys } from '@showrunner/contracts';
import type { TakeBytes } from './take-bytes';
import type { TakeIndex } from './take-file.types';
import { decodeTakeIndex } from './take-index-codec';

/** What is asked of the store that takes lie in. */
export interface TakeStore {
  /** Null when there is no such object. */
  head(key: string): Promise<{ bytes: number } | null>;
  read(key: string): Promise<Buffer>;
  /** Byte positions, both included. */
  get(key: string, range: { start: number; end: number }): Promise<{ stream: Readable }>;
}

/** The index of nine hours of pictures that all change is half as long; a longer object is none. */
const LONGEST_INDEX = 64 * 1024 * 1024;

/** A take as it lies in the store, read a piece at a time. Null when it is not there. */
export async function takeInStore(store: TakeStore, takeKey: string): Promise<TakeBytes | null> {
  const head = await store.head(takeKey);
  if (head === null) return null;
  return {
    bytes: head.bytes,
    read: async (offset, length) => {
      if (length === 0) return Buffer.alloc(0);
      const { stream } = await store.get(takeKey, { start: offset, end: offset + length - 1 });
      return buffer(stream);
    },
  };
}

/** The index stored beside a take; null when it is missing, damaged or of another take. */
export async function storedIndex(
  store: TakeStore,
  takeKey: string,
  bytes: TakeBytes,
): Promise<TakeIndex | null> {
  const key = storageKeys.takeIndex(takeKey);
  const head = await store.head(key);
  if (head === null || head.bytes > LONGEST_INDEX) return null;
  return decodeTakeIndex(await store.read(key), bytes);
}
