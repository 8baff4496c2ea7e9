import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { ShowrunnerEvent } from '@showrunner/contracts';
import { newId } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database, EventFilter } from '@showrunner/database';
import { startOwnTestPostgres } from '@showrunner/database/testing';
import type { OwnTestPostgres } from '@showrunner/database/testing';
import { EventBus, startOutboxPublisher } from './index';
import { STREAM } from './stream-entry';
import { startTestRedis } from './testing';
import type { TestRedis } from './testing';

let postgres: OwnTestPostgres;
let redis: TestRedis;
let database: Database;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startOwnTestPostgres(), startTestRedis()]);
  database = createDatabase({ url: postgres.url, poolSize: 12 });
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(async () => {
  await database.close();
  await Promise.all([postgres.stop(), redis.stop()]);
});

function publish(): void {
  const publisher = startOutboxPublisher({ database, redisUrl: redis.url });
  ends.push(() => publisher.stop());
}

/** A reader that collects what it gets. */
function reader(filter: EventFilter, afterId: string | null = '0', bus = newBus()) {
  const stopping = new AbortController();
  const seen: ShowrunnerEvent[] = [];
  const reading = (async () => {
    for await (const event of bus.read(afterId, filter, stopping.signal)) seen.push(event);
  })();
  const stop = async (): Promise<void> => {
    stopping.abort();
    await reading;
  };
  ends.push(stop);
  return { seen, stop, numbers: () => seen.map(({ data }) => data['n'] as number) };
}

function newBus(): EventBus {
  const bus = new EventBus({ database, redisUrl: redis.url });
  ends.push(() => bus.close());
  return bus;
}

const append = (runId: string, n: number): Promise<void> =>
  database.transaction((tx) =>
    tx.outbox.append({ type: 'BUILD_STAGE', projectId: null, runId, data: { n } }),
  );

async function appendMany(runId: string, count: number, lanes = 4): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await append(runId, next++);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 45_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new RangeError(`Waited in vain until ${what}.`);
    await new Promise((next) => setTimeout(next, 10));
  }
}

const everyNumber = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
function expectComplete(seen: ShowrunnerEvent[], count: number): void {
  const ids = seen.map(({ id }) => Number(id));
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  expect(seen.map(({ data }) => data['n'] as number).sort((a, b) => a - b)).toEqual(everyNumber(count));
}

describe('events', () => {
  it('are replayed from an id and then followed, for independent readers, in order and once', async () => {
    const runId = newId();
    await appendMany(runId, 20);
    publish();
    const bus = newBus();
    const all = reader({ runId }, '0', bus);
    await until(() => all.seen.length === 20, 'the past was read');
    const half = reader({ runId }, all.seen[9]?.id ?? '', bus);
    const fresh = reader({ runId }, null, bus);
    const other = reader({ runId: newId() }, '0', bus);
    await until(() => half.seen.length === 10, 'the second half was read');
    for (let n = 20; n < 40; n++) await append(runId, n);
    await until(
      () => all.seen.length === 40 && half.seen.length === 30 && fresh.seen.length === 20,
      'all came',
    );
    expectComplete(all.seen, 40);
    expect(half.seen).toEqual(all.seen.slice(10));
    expect(fresh.seen).toEqual(all.seen.slice(20));
    expect(other.seen).toEqual([]);
    expect(all.seen[0]).toMatchObject({
      type: 'BUILD_STAGE',
      runId,
      projectId: null,
      at: expect.any(String),
    });
  });

  it('come live, not by polling', async () => {
    const runId = newId();
    publish();
    const live = reader({ runId });
    await append(runId, 0);
    await until(() => live.seen.length === 1, 'the first came');
    const delays: number[] = [];
    for (let n = 1; n <= 20; n++) {
      const started = performance.now();
      await append(runId, n);
      await until(() => live.seen.length === n + 1, 'it came');
      delays.push(performance.now() - started);
    }
    expect(delays.sort((a, b) => a - b)[10]).toBeLessThan(200);
  });

  it('are not lost when a slow transaction commits after a later one', async () => {
    const runId = newId();
    publish();
    const live = reader({ runId });
    let slowMayCommit: () => void = () => undefined;
    const gate = new Promise<void>((open) => (slowMayCommit = open));
    let slowWrote: () => void = () => undefined;
    const written = new Promise<void>((done) => (slowWrote = done));
    const slow = database.transaction(async (tx) => {
      await tx.outbox.append({ type: 'BUILD_STAGE', projectId: null, runId, data: { n: 0 } });
      slowWrote();
      await gate;
    });
    await written;
    const quick = append(runId, 1);
    slowMayCommit();
    await Promise.all([slow, quick]);
    await until(() => live.seen.length === 2, 'both came');
    expect(live.numbers()).toEqual([0, 1]);
  });

  it('come completely with several publishers and writers, and are marked as published', async () => {
    const runId = newId();
    publish();
    publish();
    publish();
    const live = reader({ runId });
    await appendMany(runId, 300, 8);
    await until(() => live.seen.length >= 300, 'all came');
    expectComplete(live.seen, 300);
    await until(
      async () => (await database.transaction((tx) => tx.outbox.lockUnpublished(1)))?.length === 0,
      'all are marked',
    );
    const client = new Redis(redis.url);
    expect(await client.xlen(STREAM)).toBeGreaterThanOrEqual(300);
    client.disconnect();
  });

  it('have no gap when Redis is killed, is away, and comes back empty', async () => {
    const runId = newId();
    publish();
    const live = reader({ runId });
    const writing = appendMany(runId, 200, 2);
    await until(() => live.seen.length > 20, 'some came');
    await redis.kill();
    await writing;
    await until(() => live.seen.length === 200, 'the outbox was read instead');
    await redis.start();
    await append(runId, 200);
    await until(() => live.seen.length === 201, 'one came after the restart');
    await until(
      async () => (await database.transaction((tx) => tx.outbox.lockUnpublished(1)))?.length === 0,
      'all are marked',
    );
    const client = new Redis(redis.url);
    await until(async () => (await client.xlen(STREAM)) > 0, 'Redis has events again');
    client.disconnect();
    expectComplete(live.seen, 201);
  });

  it('have no gap when PostgreSQL is killed and comes back', async () => {
    const runId = newId();
    publish();
    const live = reader({ runId });
    await appendMany(runId, 50);
    await postgres.kill();
    await postgres.start();
    for (let n = 50; n < 100; n++) await append(runId, n);
    await until(() => live.seen.length === 100, 'all came');
    expectComplete(live.seen, 100);
  });

  it('have no gap when entries are trimmed from the stream, come twice, or are no events', async () => {
    const runId = newId();
    const live = reader({ runId });
    const client = new Redis(redis.url);
    publish();
    await append(runId, 0);
    await until(() => live.seen.length === 1, 'the first came');
    const [newest] = await client.xrevrange(STREAM, '+', '-', 'COUNT', 1);
    await client.xadd(STREAM, '*', 'event', '{"id":', 'previous', '0');
    await client.xadd(STREAM, '*', 'something', 'else');
    await client.xadd(STREAM, '*', ...(newest?.[1] ?? []));
    await client.xtrim(STREAM, 'MAXLEN', 0);
    await append(runId, 1);
    await until(() => live.seen.length >= 2, 'the second came');
    client.disconnect();
    expect(live.numbers()).toEqual([0, 1]);
  });

  it('still come when nobody publishes', async () => {
    const runId = newId();
    const live = reader({ runId });
    await append(runId, 0);
    await until(() => live.seen.length === 1, 'it came');
    await append(runId, 1);
    await until(() => live.seen.length === 2, 'the next came');
    expect(live.numbers()).toEqual([0, 1]);
  });

  it('reach a reader that was far behind completely', async () => {
    const runId = newId();
    const count = 1300;
    await database.transaction((tx) =>
      tx.outbox.append(
        ...everyNumber(count).map((n) => ({
          type: 'BUILD_STAGE' as const,
          projectId: null,
          runId,
          data: { n },
        })),
      ),
    );
    publish();
    const stopping = new AbortController();
    const seen: ShowrunnerEvent[] = [];
    for await (const event of newBus().read('0', { runId }, stopping.signal)) {
      if (seen.push(event) === 1) {
        await database.transaction((tx) =>
          tx.outbox.append(
            ...everyNumber(count).map((n) => ({
              type: 'BUILD_STAGE' as const,
              projectId: null,
              runId,
              data: { n: n + count },
            })),
          ),
        );
      }
      if (seen.length === 2 * count) break;
    }
    expectComplete(seen, 2 * count);
  });
});
