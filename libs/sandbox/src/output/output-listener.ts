/**
 * Hears output as it comes. One that answers a promise holds the command back: nothing more is read until it is settled (what was read
 * already may still come), so that the command waits for its reader instead of memory being filled. Where a provider keeps output itself the
 * command does not wait, only the reading does. A time limit and an abort end the command all the same; from then on nobody waits.
 */
export type OutputListener =
  | ((stream: 'stdout' | 'stderr', chunk: Buffer) => void)
  | ((stream: 'stdout' | 'stderr', chunk: Buffer) => Promise<void> | undefined);
