import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { endConnection } from './end-connection';

const CONNECT_TIMEOUT_MS = 3_000;
const COMMAND_TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

export interface RedisLinkOptions {
  redisUrl: string;
  /** Told of each broken or refused connection. */
  onError?: (error: unknown) => void;
}

/**
 * Runs work on a connection of its own, again and again, until the signal aborts. Work that throws (the connection broke, Redis is away)
 * is started anew on a new connection after a growing pause; a connection is never repaired behind the work's back.
 */
export async function whileConnected(
  { redisUrl, onError }: RedisLinkOptions,
  signal: AbortSignal,
  work: (redis: Redis) => Promise<void>,
): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const redis = new Redis(redisUrl, {
      lazyConnect: true,
      retryStrategy: () => null,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: CONNECT_TIMEOUT_MS,
      commandTimeout: COMMAND_TIMEOUT_MS,
    });
    // Also thrown by the command that meets it.
    redis.on('error', () => undefined);
    const close = (): void => endConnection(redis);
    signal.addEventListener('abort', close, { once: true });
    try {
      await redis.connect();
      pauseMs = FIRST_PAUSE_MS;
      await work(redis);
    } catch (error) {
      if (!signal.aborted) onError?.(error);
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
