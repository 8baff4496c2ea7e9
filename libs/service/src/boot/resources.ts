import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { createDatabase } from '@showrunner/database';
import type { Database, TenantDatabases } from '@showrunner/database';
import { createObjectStore } from '@showrunner/storage';
import type { ObjectStore, ObjectStoreConfig } from '@showrunner/storage';
import { DISK_SPACE, DiskSpace } from '../disk/disk-space';
import { createLogger } from '@showrunner/telemetry';
import type { Logger } from '@showrunner/telemetry';
import { READINESS_CHECKS } from '../health/health.controller';
import type { ReadinessCheck } from '../health/health.controller';
import { Temporal } from '../temporal/temporal';

/** What belongs to the tenant of a request: `TenantDatabases`. */
export const DATABASE = Symbol('DATABASE');
/** The whole `Database`, of all tenants: for what the platform does by itself. ESLint knows who may ask for it. */
export const PLATFORM_DATABASE = Symbol('PLATFORM_DATABASE');
export const OBJECT_STORE = Symbol('OBJECT_STORE');
export const TEMPORAL = Symbol('TEMPORAL');
export const LOGGER = Symbol('LOGGER');
/** Where apps run when a request does not say: a `SandboxProviderName`. */
export const DEFAULT_PROVIDER = Symbol('DEFAULT_PROVIDER');

/** The variables that every service has. */
export interface ResourcesConfig extends ObjectStoreConfig {
  DATABASE_URL: string;
  DATABASE_POOL_SIZE: number;
  INTERNAL_TOKEN: string;
  SECRETS_KEY?: string;
  SECRETS_KEY_PREVIOUS?: string;
  TEMPORAL_ADDRESS: string;
  TEMPORAL_NAMESPACE: string;
  LOG_LEVEL: string;
  DISK_FREE_FLOOR_BYTES: number;
}

/** What a service works with. Nothing connects before it is used, so a service starts while its stores are away. */
export interface Resources {
  logger: Logger;
  database: Database;
  store: ObjectStore;
  temporal: Temporal;
  disk: DiskSpace;
  close(): Promise<void>;
}

/** A request waits this long for a database that is restarting before it answers 503. */
const DATABASE_WAIT_MS = 8_000;

export function openResources(service: string, config: ResourcesConfig): Resources {
  const database = createDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    retryBudgetMs: DATABASE_WAIT_MS,
    secretKeys: config,
  });
  const temporal = new Temporal({ address: config.TEMPORAL_ADDRESS, namespace: config.TEMPORAL_NAMESPACE });
  return {
    logger: createLogger({ service, level: config.LOG_LEVEL }),
    database,
    store: createObjectStore(config),
    temporal,
    disk: new DiskSpace(config.SHOWRUNNER_HOME, config.DISK_FREE_FLOOR_BYTES),
    close: async () => {
      await Promise.allSettled([database.close(), temporal.close()]);
    },
  };
}

/** Offers the resources to every module of a service. */
@Global()
@Module({})
export class ResourcesModule {
  static of({ logger, database, store, temporal, disk }: Resources, needsTemporal: boolean): DynamicModule {
    const checks: ReadinessCheck[] = [
      { name: 'PostgreSQL', check: () => database.ready() },
      ...(needsTemporal ? [{ name: 'Temporal', check: () => temporal.ready() }] : []),
    ];
    const providers = [
      { provide: LOGGER, useValue: logger },
      { provide: DATABASE, useValue: { forTenant: database.forTenant } satisfies TenantDatabases },
      { provide: PLATFORM_DATABASE, useValue: database },
      { provide: OBJECT_STORE, useValue: store },
      { provide: TEMPORAL, useValue: temporal },
      { provide: DISK_SPACE, useValue: disk },
      { provide: READINESS_CHECKS, useValue: checks },
    ];
    return { module: ResourcesModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
