import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore } from '@showrunner/storage';

/** Copies an object of the store into a file. @throws {NotFoundError} */
export async function fetchObject(
  store: Pick<ObjectStore, 'get'>,
  key: string,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  const { stream } = await store.get(key);
  await pipeline(stream, createWriteStream(path), { signal });
}
