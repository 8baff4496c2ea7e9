import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const RECONNECT_MS = 1_000;

export interface Listener {
  stop(): Promise<void>;
}

/** `showrunner_outbox`: events were written; `showrunner_keys`: an API key changed, whose id is told. */
export type Channel = 'showrunner_outbox' | 'showrunner_keys';

/**
 * Calls `wake` whenever a transaction was committed that tells of it, and without a word after each reconnection: notices can be lost
 * while PostgreSQL is away, so each is a hint that saves polling and none is proof that nothing happened.
 */
export function listenTo(url: string, channel: Channel, wake: (told?: string) => void): Listener {
  const stopping = new AbortController();
  let client: pg.Client | undefined;

  const listenOnce = async (): Promise<void> => {
    const current = new pg.Client({ connectionString: url, keepAlive: true });
    client = current;
    const ended = new Promise<void>((done) => {
      current.on('error', () => done());
      current.on('end', done);
    });
    current.on('notification', ({ payload }) => wake(payload));
    try {
      await current.connect();
      await current.query(`LISTEN ${channel}`);
      wake();
      await ended;
    } finally {
      await current.end().catch(() => undefined);
    }
  };
  const running = (async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // Away: the pause below, then again.
      await listenOnce().catch(() => undefined);
      await delay(RECONNECT_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await client?.end().catch(() => undefined);
      await running;
    },
  };
}
