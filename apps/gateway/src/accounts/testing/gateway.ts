import type { GatewayConfig } from '@showrunner/config';
import { freePort } from '@showrunner/contracts/testing';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import { testConfig } from '@showrunner/service/testing';
import { startTestRedis } from '@showrunner/events/testing';
import { startGateway } from '../../start';
import { InnerServices } from '../../testing/inner-services';
import { TestBrowser } from './browser';

export const OPERATOR_KEY = 'sk_the-key-of-the-operator';

export interface TestGateway {
  url: string;
  database: Database;
  /** What reached the services behind it. */
  inner: InnerServices;
  /** Another one, with other settings, on the same database. */
  another(settings: Partial<GatewayConfig>): Promise<string>;
  browser(keepsCookies?: boolean): TestBrowser;
  stop(): Promise<void>;
}

/** A gateway with a database of its own, and services behind it that answer anything. */
export async function startTestGateway(settings: Partial<GatewayConfig> = {}): Promise<TestGateway> {
  const inner = new InnerServices();
  const [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis(), inner.listen()]);
  const services = `http://127.0.0.1:${inner.port}`;
  const stops: (() => Promise<void>)[] = [];
  const database = createDatabase({
    url: postgres.url,
    secretKeys: { INTERNAL_TOKEN: 'test-token-of-the-services' },
  });
  const start = async (own: Partial<GatewayConfig>): Promise<string> => {
    const gateway = await startGateway(
      {
        ...testConfig({ databaseUrl: postgres.url, redisUrl: redis.url }),
        ...{ PREVIEW_PORT: await freePort(), SHOWRUNNER_API_KEY: OPERATOR_KEY },
        ...{ PROJECT_URL: services, SANDBOX_URL: services, INTENT_URL: services, EDITOR_URL: services },
        ...own,
      },
      () => Promise.resolve(undefined),
    );
    stops.push(() => gateway.close());
    return gateway.url;
  };
  const url = await start(settings);
  return {
    ...{ url, database, inner },
    another: (own) => start({ ...settings, ...own }),
    browser: (keepsCookies) => new TestBrowser(url, keepsCookies),
    stop: async () => {
      for (const stop of stops) await stop();
      await database.close();
      await Promise.all([postgres.stop(), redis.stop(), inner.close()]);
    },
  };
}
