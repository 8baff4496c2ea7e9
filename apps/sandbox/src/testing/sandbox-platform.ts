import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxProviderName, SandboxResource } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import { LocalSandboxProvider } from '@showrunner/sandbox-local';
import type { SandboxProvider } from '@showrunner/sandbox';
import { OWN_PERMISSIONS } from '@showrunner/contracts';
import { PERMISSIONS_HEADER, TENANT_HEADER } from '@showrunner/service';
import type { RunningService } from '@showrunner/service';
import { call as send, startTestTemporal, testConfig } from '@showrunner/service/testing';
import type { CallOptions, CallResult } from '@showrunner/service/testing';
import { startSandbox } from '../start';
import { quietRuntime, startSandboxWorker } from './sandbox-worker';

const MIB = 1024 ** 2;
/** Small enough for many at a time. */
export const SMALL = { cpus: 1, memoryBytes: 256 * MIB, diskBytes: 128 * MIB, maxProcesses: 64 };

export interface SandboxPlatform {
  database: Database;
  provider: LocalSandboxProvider;
  service: RunningService;
  call(path: string, options?: CallOptions & { tenant?: string }): Promise<CallResult>;
  /** Asks for a sandbox and waits until it runs. */
  create(body?: object, tenant?: string): Promise<SandboxResource>;
  /** Ends the worker that keeps sandboxes, or starts one. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  stop(): Promise<void>;
}

/** The sandbox service with real PostgreSQL, Temporal, local sandboxes and a worker that keeps them. */
export async function startSandboxPlatform(
  settings: Partial<Parameters<typeof startSandbox>[0]> = {},
  providersOver: (local: SandboxProvider) => (name: SandboxProviderName) => SandboxProvider = (local) => () =>
    local,
): Promise<SandboxPlatform> {
  quietRuntime();
  const [folder, postgres, temporal] = await Promise.all([
    mkdtemp(join(tmpdir(), 'showrunner-sandbox-rest-')),
    startTestPostgres(),
    startTestTemporal(),
  ]);
  const database = createDatabase({
    url: postgres.url,
    secretKeys: { INTERNAL_TOKEN: 'test-token-of-the-services' },
  });
  const provider = new LocalSandboxProvider({
    home: join(folder, 'sandboxes'),
    uidDirectory: join(folder, 'uids'),
  });
  const providerOf = providersOver(provider);
  const config = testConfig({ databaseUrl: postgres.url, temporal });
  const service = await startSandbox({ ...config, SOURCE_ALLOWED_HOSTS: [], ...settings }, async (name) =>
    providerOf(name),
  );
  let endWorker: (() => Promise<void>) | undefined;
  const platform: SandboxPlatform = {
    database,
    provider,
    service,
    call: (path, { tenant, ...options } = {}) =>
      send(`${service.url}${path}`, {
        ...options,
        headers: {
          ...options.headers,
          ...(tenant === undefined
            ? {}
            : { [TENANT_HEADER]: tenant, [PERMISSIONS_HEADER]: OWN_PERMISSIONS.join(',') }),
        },
      }),
    create: async (body = {}, tenant) => {
      const made = await platform.call('/api/sandboxes?wait=60', {
        json: { limits: SMALL, ...body },
        ...(tenant === undefined ? {} : { tenant }),
      });
      return made.json as unknown as SandboxResource;
    },
    startWorker: async () => {
      endWorker ??= await startSandboxWorker(temporal, database, providerOf);
    },
    stopWorker: async () => {
      const end = endWorker;
      endWorker = undefined;
      await end?.();
    },
    stop: async () => {
      await platform.stopWorker();
      await service.close();
      for (const { id } of await provider.list()) await provider.destroy(id);
      await database.close();
      await Promise.all([postgres.stop(), temporal.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await platform.startWorker();
  return platform;
}
