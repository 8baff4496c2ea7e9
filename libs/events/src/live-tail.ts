import type { Database, OwnedEvent } from '@showrunner/database';
import type { Redis } from 'ioredis';
import { whileConnected } from './redis-link';
import { parseEntry, STREAM } from './stream-entry';

/** What a follower is told. */
export interface TailFollower {
  /** The next event; events come in order of their ids. */
  onEvent(event: OwnedEvent): void;
  /** Events may have been missed: look into the outbox. */
  onGap(): void;
}

export interface LiveTailOptions {
  database: Database;
  redisUrl: string;
  onError?: (error: unknown) => void;
}

const BLOCK_MS = 2_000;
const BATCH = 500;

/**
 * Follows the Redis stream once for all followers of this process. Whenever it cannot be sure to have seen everything (connection lost,
 * entries trimmed, nobody publishes) it says so by `onGap`.
 */
export class LiveTail {
  /** False while Redis is away: followers then look into the outbox from time to time. */
  isLive = false;
  private readonly followers = new Set<TailFollower>();
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  /** Outbox id of the newest event seen; null before the first. */
  private lastId: bigint | null = null;

  constructor(private readonly options: LiveTailOptions) {}

  /** Starts telling a follower; answers how to end it. */
  follow(follower: TailFollower): () => void {
    this.followers.add(follower);
    this.running ??= whileConnected(this.options, this.stopping.signal, (redis) => this.tail(redis));
    return () => this.followers.delete(follower);
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async tail(redis: Redis): Promise<void> {
    try {
      const [newest] = await redis.xrevrange(STREAM, '+', '-', 'COUNT', 1);
      let position = newest?.[0] ?? '0-0';
      this.lastId = newest ? BigInt(parseEntry(newest)?.event.id ?? 0) : null;
      this.isLive = true;
      // From here on nothing is missed; what came before this moment is in the outbox.
      this.tellGap();
      while (!this.stopping.signal.aborted) {
        const answer = await redis.xread('COUNT', BATCH, 'BLOCK', BLOCK_MS, 'STREAMS', STREAM, position);
        const entries = answer?.[0]?.[1] ?? [];
        for (const entry of entries) this.take(entry);
        position = entries.at(-1)?.[0] ?? position;
        if (entries.length === 0) await this.lookForUnpublished();
      }
    } finally {
      this.isLive = false;
      this.tellGap();
    }
  }

  private take(entry: [string, string[]]): void {
    const parsed = parseEntry(entry);
    if (parsed === null) return;
    const { event, previousId } = parsed;
    const id = BigInt(event.id);
    // Published twice.
    if (this.lastId !== null && id <= this.lastId) return;
    if (this.lastId !== null && previousId !== this.lastId) this.tellGap();
    this.lastId = id;
    for (const follower of this.followers) follower.onEvent(event);
  }

  /** It is quiet: either nothing happens or nobody publishes. */
  private async lookForUnpublished(): Promise<void> {
    if (this.followers.size === 0) return;
    const stored = await this.options.database.outbox.lastId();
    if (stored > (this.lastId ?? 0n)) this.tellGap();
  }

  private tellGap(): void {
    for (const follower of this.followers) follower.onGap();
  }
}
