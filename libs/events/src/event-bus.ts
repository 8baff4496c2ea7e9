import { AppError } from '@showrunner/contracts';
import type { Database, EventFilter, OwnedEvent } from '@showrunner/database';
import { LiveTail } from './live-tail';
import { WakeUp } from './wake-up';

export interface EventBusOptions {
  database: Database;
  redisUrl: string;
  /** Told of what it met and goes on from: Redis or PostgreSQL away. */
  onError?: (error: unknown) => void;
}

const PAGE = 500;
/** A follower that is further behind reads from the outbox instead. */
const MAX_QUEUE = 1_000;
/** How often the outbox is looked into while Redis is away. */
const POLL_MS = 500;

/** Reads events: those that were, from the outbox, then those that come, from Redis. Readers are independent of each other. */
export class EventBus {
  private readonly tail: LiveTail;

  constructor(private readonly options: EventBusOptions) {
    this.tail = new LiveTail(options);
  }

  /**
   * Events after an id in order, without gap or repetition, until the signal aborts. Goes on when Redis or PostgreSQL is away for a while.
   * @param afterId `Last-Event-ID`; '0' for all from the beginning, null for those from now on
   */
  async *read(afterId: string | null, filter: EventFilter, signal: AbortSignal): AsyncGenerator<OwnedEvent> {
    const { database } = this.options;
    const bell = new WakeUp();
    let queue: OwnedEvent[] = [];
    let mayHaveMissed = true;
    const unfollow = this.tail.follow({
      onEvent: (event) => {
        if (queue.length < MAX_QUEUE) queue.push(event);
        else mayHaveMissed = true;
        bell.ring();
      },
      onGap: () => {
        mayHaveMissed = true;
        bell.ring();
      },
    });
    try {
      let cursor =
        afterId === null
          ? await this.patiently(() => database.outbox.lastId(), signal)
          : parseEventId(afterId);
      while (!signal.aborted && cursor !== undefined) {
        if (mayHaveMissed) {
          // In this order: what comes while we read the outbox is queued behind it.
          mayHaveMissed = false;
          queue = [];
          const from: bigint = cursor;
          const stored = await this.patiently(() => database.outbox.readAfter(from, filter, PAGE), signal);
          for (const event of stored ?? []) {
            if (signal.aborted) return;
            cursor = BigInt(event.id);
            yield event;
          }
          if (stored?.length === PAGE) mayHaveMissed = true;
          continue;
        }
        const event = queue.shift();
        if (event !== undefined) {
          const id = BigInt(event.id);
          if (id <= cursor) continue;
          cursor = id;
          if (matches(event, filter)) yield event;
          continue;
        }
        await bell.wait(this.tail.isLive ? undefined : POLL_MS, signal);
        if (!this.tail.isLive) mayHaveMissed = true;
      }
    } finally {
      unfollow();
    }
  }

  async close(): Promise<void> {
    await this.tail.close();
  }

  /** Goes on asking a database that is away until it answers; undefined when the signal aborts. */
  private async patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    while (!signal.aborted) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof AppError && error.retryable)) throw error;
        this.options.onError?.(error);
      }
    }
    return undefined;
  }
}

/** An id as a client sent it; anything else counts as "from the beginning", which repeats but loses nothing. */
export function parseEventId(text: string): bigint {
  return /^\d{1,18}$/.test(text) ? BigInt(text) : 0n;
}

/** Whether a reader wants an event. */
export function matches(event: OwnedEvent, { tenantId, projectId, runId, types }: EventFilter): boolean {
  return (
    (tenantId === undefined || event.tenantId === tenantId) &&
    (projectId === undefined || event.projectId === projectId) &&
    (runId === undefined || event.runId === runId) &&
    (types === undefined || types.includes(event.type))
  );
}
