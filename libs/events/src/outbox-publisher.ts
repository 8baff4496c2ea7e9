import type { Database } from '@showrunner/database';
import type { Redis } from 'ioredis';
import { whileConnected } from './redis-link';
import { entryFields, STREAM, STREAM_LENGTH } from './stream-entry';
import { WakeUp } from './wake-up';

export interface OutboxPublisherOptions {
  database: Database;
  redisUrl: string;
  /** Told of what it met and goes on from: Redis or PostgreSQL away. */
  onError?: (error: unknown) => void;
}

export interface OutboxPublisher {
  stop(): Promise<void>;
}

const BATCH = 200;
/** Looks at least this often, should a notice have been lost. */
const POLL_MS = 1_000;

/**
 * Moves events from the outbox to the Redis stream, in order and at least once. Several processes may run one: they take turns by a lock
 * in the database.
 */
export function startOutboxPublisher({
  database,
  redisUrl,
  onError,
}: OutboxPublisherOptions): OutboxPublisher {
  const stopping = new AbortController();
  const { signal } = stopping;
  const bell = new WakeUp();
  const listener = database.listenToOutbox(() => bell.ring());
  const running = whileConnected({ redisUrl, onError }, signal, async (redis) => {
    while (!signal.aborted) {
      const published = await publishBatch(database, redis);
      if (published < BATCH) await bell.wait(POLL_MS, signal);
    }
  });
  return {
    async stop() {
      stopping.abort();
      await listener.stop();
      await running;
    },
  };
}

/** Publishes the oldest unpublished events. Answers how many; 0 also when another process is at it. */
async function publishBatch(database: Database, redis: Redis): Promise<number> {
  return database.transaction(async (tx) => {
    const events = await tx.outbox.lockUnpublished(BATCH);
    const first = events?.[0];
    if (!events || !first) return 0;
    let previousId = await tx.outbox.idBefore(BigInt(first.id));
    const pipeline = redis.pipeline();
    for (const event of events) {
      pipeline.xadd(STREAM, 'MAXLEN', '~', STREAM_LENGTH, '*', ...entryFields(event, previousId));
      previousId = BigInt(event.id);
    }
    for (const [failure] of (await pipeline.exec()) ?? []) if (failure) throw failure;
    await tx.outbox.markPublished(events.map(({ id }) => BigInt(id)));
    return events.length;
  });
}
