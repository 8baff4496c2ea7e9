import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PERMISSIONS } from '@showrunner/contracts';
import { INTERNAL_TOKEN_HEADER, PERMISSIONS_HEADER, TENANT_HEADER } from '../http/headers';

export const TEST_TOKEN = 'test-token-of-the-services';
/** As the gateway marks what it hands on: here in the name of the first tenant. */
export const TEST_HEADERS = {
  [INTERNAL_TOKEN_HEADER]: TEST_TOKEN,
  [TENANT_HEADER]: 'default',
  [PERMISSIONS_HEADER]: PERMISSIONS.join(','),
};

/** Variables of a service under test: its own data folder, free ports, nothing that listens unless given. */
export function testConfig(
  given: { databaseUrl?: string; temporal?: { address: string; namespace: string }; redisUrl?: string } = {},
) {
  return {
    SHOWRUNNER_HOME: mkdtempSync(join(tmpdir(), 'showrunner-test-service-')),
    LOG_LEVEL: 'silent' as const,
    BIND_HOST: '127.0.0.1',
    DATABASE_URL: given.databaseUrl ?? 'postgresql://showrunner@127.0.0.1:1/none',
    DATABASE_POOL_SIZE: 4,
    REDIS_URL: given.redisUrl ?? 'redis://127.0.0.1:1',
    TEMPORAL_ADDRESS: given.temporal?.address ?? '127.0.0.1:1',
    TEMPORAL_NAMESPACE: given.temporal?.namespace ?? 'default',
    TEMPORAL_UI_URL: 'http://127.0.0.1:8233',
    INTERNAL_TOKEN: TEST_TOKEN,
    S3_BUCKET: 'showrunner',
    S3_REGION: 'us-east-1',
    ...{ CORS_ORIGINS: [] as string[], TRUSTED_PROXIES: 0, REQUESTS_PER_MINUTE: 60_000 },
    ...{ FAILED_SIGN_INS_PER_MINUTE: 10_000, SIGN_INS_PER_MINUTE: 60_000 },
    ...{ AUTH_SIGN_UP: 'invited' as const, AUTH_GUESTS: 'off' as const, OIDC_NAME: 'Single sign-on' },
    GATEWAY_PORT: 0,
    PREVIEW_PORT: 0,
    PROJECT_PORT: 0,
    SANDBOX_PORT: 0,
    INTENT_PORT: 0,
    EDITOR_PORT: 0,
    SANDBOX_PLACES: { local: 100 },
    FILMS_AT_ONCE: 100,
    PREVIEW_ACCESS: 'open' as const,
    SANDBOX_PROVIDER: 'local' as const,
    SANDBOX_ON_LOST: 'fail' as const,
    TENANT_MAX_SANDBOXES: 20,
    TENANT_MAX_QUEUED: 1000,
    TENANT_CREATIONS_PER_MINUTE: 600,
    TENANT_MAX_RUNS: 1000,
    TENANT_RUNS_PER_MINUTE: 10_000,
    GUESTS_KEPT_DAYS: 30,
    RUNS_KEPT_DAYS: 90,
    RUNS_KEPT_BYTES: 1024 ** 3,
    DISK_FREE_FLOOR_BYTES: 0,
  };
}
