import { openFootage, type TakeFootage } from '@showrunner/media';
import type { FilmSource } from './film-source';

/**
 * Has work done with the pictures of a film's takes, which lie in files.
 * @throws AppError `take_unreadable`, `take_empty`; the signal's reason; what `work` throws
 */
export async function withFootage<T>(
  { takePaths, takeIndexes }: Pick<FilmSource, 'takePaths' | 'takeIndexes'>,
  signal: AbortSignal | undefined,
  work: (footage: ReadonlyMap<string, TakeFootage>) => Promise<T>,
): Promise<T> {
  const footage = new Map<string, TakeFootage>();
  const closing: (() => Promise<void>)[] = [];
  try {
    for (const [takeId, path] of takePaths) {
      const opened = await openFootage(takeId, path, { index: takeIndexes.get(takeId), signal });
      closing.push(opened.close);
      footage.set(takeId, opened.footage);
    }
    return await work(footage);
  } finally {
    for (const close of closing) await close();
  }
}
