import { join } from 'node:path';
import { storageKeys, type Take } from '@showrunner/contracts';
import { TakeFootage } from '@showrunner/media';
import {
  encodeTakeIndex,
  indexTake,
  openTakeFile,
  storedIndex,
  takeInStore,
  type TakeIndex,
} from '@showrunner/recorder';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';
import { fetchObject } from './object-file';

interface Deps {
  store: Pick<ObjectStore, 'get' | 'head' | 'put' | 'read'>;
  logger: Logger;
  signal: () => AbortSignal;
}

/** Stores the index of the take file at `path` beside the take of the key `takeKey`. */
export async function storeTakeIndex(
  store: Pick<ObjectStore, 'put'>,
  takeKey: string,
  index: TakeIndex,
  path: string,
): Promise<void> {
  const take = await openTakeFile(path);
  try {
    await store.put(storageKeys.takeIndex(takeKey), await encodeTakeIndex(index, take));
  } finally {
    await take.close();
  }
}

/**
 * Copies a take to `path` and answers its index: the one stored beside it, or, where that is missing, damaged or of another take, one made
 * now, in a thread, and stored for the next reader.
 * @throws {NotFoundError}, `take_unreadable`
 */
export async function fetchTake(
  deps: Deps,
  take: Pick<Take, 'storageKey'>,
  path: string,
): Promise<TakeIndex> {
  const signal = deps.signal();
  await fetchObject(deps.store, take.storageKey, path, signal);
  const file = await openTakeFile(path);
  try {
    const stored = await storedIndex(deps.store, take.storageKey, file);
    if (stored !== null) return stored;
  } finally {
    await file.close();
  }
  const index = await indexTake(path, signal);
  await storeTakeIndex(deps.store, take.storageKey, index, path);
  deps.logger.info({ take: take.storageKey, frames: index.frames.length }, 'The take is indexed.');
  return index;
}

/**
 * The pictures of a stored take, for reading a few of them: from the store as they lie, or, when the take has no valid index yet, from a
 * copy in `folder`.
 * @throws {NotFoundError}, `take_unreadable`, `take_empty`
 */
export async function withStoredFootage<T>(
  deps: Deps,
  take: Pick<Take, 'takeId' | 'storageKey'>,
  folder: string,
  use: (footage: TakeFootage) => Promise<T>,
): Promise<T> {
  const inStore = await takeInStore(deps.store, take.storageKey);
  const stored = inStore === null ? null : await storedIndex(deps.store, take.storageKey, inStore);
  if (inStore !== null && stored !== null) return use(new TakeFootage(take.takeId, inStore, stored));
  const path = join(folder, 'take.mkv');
  const index = await fetchTake(deps, take, path);
  const file = await openTakeFile(path);
  try {
    return await use(new TakeFootage(take.takeId, file, index));
  } finally {
    await file.close();
  }
}
