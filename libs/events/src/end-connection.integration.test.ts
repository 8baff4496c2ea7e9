import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { endConnection } from './end-connection';
import { startTestRedis } from './testing';
import type { TestRedis } from './testing';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.stop());

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

it('leaves no timer behind for a connection that has ended already', async () => {
  const client = new Redis(redis.url, { lazyConnect: true, retryStrategy: () => null });
  await client.connect();
  const ended = once(client, 'end');
  endConnection(client);
  await ended;
  const before = timers();
  endConnection(client);
  expect(timers()).toBe(before);
  // What it spares, and why it is there.
  client.disconnect();
  expect(timers()).toBe(before + 1);
});
