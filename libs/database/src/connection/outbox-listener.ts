import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const RECONNECT_MS = 1_000;

export interface OutboxListener {
  stop(): Promise<void>;
}

/**
 * Calls `wake` whenever a transaction with events was committed, and after each reconnection. Notices can be lost while PostgreSQL is
 * away, so it is a hint that saves polling and no proof that nothing happened.
 */
export function listenToOutbox(url: string, wake: () => void): OutboxListener {
  const stopping = new AbortController();
  let client: pg.Client | undefined;

  const listenOnce = async (): Promise<void> => {
    const current = new pg.Client({ connectionString: url, keepAlive: true });
    client = current;
    const ended = new Promise<void>((done) => {
      current.on('error', () => done());
      current.on('end', done);
    });
    current.on('notification', wake);
    try {
      await current.connect();
      await current.query('LISTEN showrunner_outbox');
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
