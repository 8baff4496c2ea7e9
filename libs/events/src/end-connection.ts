import type { Redis } from 'ioredis';

/**
 * Ends a connection, as often as called. One that has ended already is left alone: ioredis would wait 2 s for it to close once more, and
 * keep the process alive meanwhile.
 */
export function endConnection(redis: Redis): void {
  if (redis.status !== 'close' && redis.status !== 'end') redis.disconnect();
}
