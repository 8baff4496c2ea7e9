import { connect } from './connection/client';
import type { ConnectionOptions } from './connection/client';
import { listenTo } from './connection/listener';
import type { Listener } from './connection/listener';
import { withRetry } from './connection/retry';
import { scopedTo } from './connection/tenant-scope';
import { SecretBox } from './secrets/secret-box';
import type { SecretKeys } from './secrets/secret-box';
import { repositoriesOn } from './repositories';
import type { Repositories } from './repositories';
import { tenantRepositoriesOn } from './tenant-database';
import type { TenantDatabase, TenantDatabases } from './tenant-database';

export interface DatabaseOptions extends ConnectionOptions {
  /** How long calls wait for a database that is away, ms. Default 30 s. */
  retryBudgetMs?: number;
  /** Keys of the installation, for what is secret; without them nothing secret can be stored. */
  secretKeys?: SecretKeys;
}

/** All of it, of every tenant: for workers and the platform's own rounds. Who answers requests asks for their tenant's part. */
export interface Database extends Repositories, TenantDatabases {
  /**
   * Runs work in one transaction: all of it or nothing. When the connection breaks, the whole work runs again, so it must have the same
   * effect twice as once (all repositories' writes have; append events only for writes that say they changed something).
   */
  transaction<T>(
    work: (repositories: Repositories) => Promise<T>,
    options?: { idempotent?: boolean },
  ): Promise<T>;
  /** Calls `wake` after commits that wrote events; a hint only, see {@link listenTo}. */
  listenToOutbox(wake: () => void): Listener;
  /** Calls `ended` with the id of an API key that changed, and without one when any may have. */
  listenToKeys(ended: (id?: string) => void): Listener;
  /** Resolves when the database answers a statement. @throws {AppError} `database_unavailable` */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Writes whose repetition would not have the effect of one: tried again only when they never reached the database. */
const NOT_REPEATABLE = new Set([
  'outbox.append',
  'idempotencyKeys.begin',
  'invitations.take',
  'userSessions.rotate',
]);
const DEFAULT_BUDGET_MS = 30_000;
/** Views of tenants that are kept; each is small, and made anew in no time. */
const MOST_TENANTS = 1_000;

/** The database of the platform. Connects on first use; calls outlive a restart of PostgreSQL. */
export function createDatabase({
  retryBudgetMs = DEFAULT_BUDGET_MS,
  secretKeys,
  ...connection
}: DatabaseOptions): Database {
  const { prisma } = connect(connection);
  const box = secretKeys === undefined ? new SecretBox([]) : SecretBox.of(secretKeys);
  const retry = <T>(work: () => Promise<T>, idempotent: boolean): Promise<T> =>
    withRetry(work, { budgetMs: retryBudgetMs, idempotent });
  const tenants = new Map<string, TenantDatabase>();
  const openTenant = (tenantId: string): TenantDatabase => {
    const scoped = scopedTo(prisma, tenantId);
    return {
      tenantId,
      ...retrying(tenantRepositoriesOn(scoped, box, tenantId), retry),
      transaction: (work) =>
        retry(() => scoped.$transaction((tx) => work(tenantRepositoriesOn(tx, box, tenantId))), true),
    };
  };
  return {
    ...retrying(repositoriesOn(prisma, box), retry),
    forTenant: (tenantId) => {
      const known = tenants.get(tenantId);
      if (known !== undefined) return known;
      if (tenants.size >= MOST_TENANTS) tenants.clear();
      const opened = openTenant(tenantId);
      tenants.set(tenantId, opened);
      return opened;
    },
    transaction: (work, { idempotent = true } = {}) =>
      retry(() => prisma.$transaction((tx) => work(repositoriesOn(tx, box))), idempotent),
    listenToOutbox: (wake) => listenTo(connection.url, 'showrunner_outbox', () => wake()),
    listenToKeys: (ended) => listenTo(connection.url, 'showrunner_keys', ended),
    ready: async () => {
      await retry(() => prisma.$queryRaw`SELECT 1`, true);
    },
    close: () => prisma.$disconnect(),
  };
}

type Retry = <T>(work: () => Promise<T>, idempotent: boolean) => Promise<T>;
type AnyRepository = Record<string, (...inputs: unknown[]) => Promise<unknown>>;

function retrying<All extends object>(repositories: All, retry: Retry): All {
  const wrapped = Object.entries(repositories).map(([noun, repository]) => {
    const methods = Object.entries(repository as AnyRepository).map(([name, method]) => [
      name,
      (...inputs: unknown[]) => retry(() => method(...inputs), !NOT_REPEATABLE.has(`${noun}.${name}`)),
    ]);
    return [noun, Object.fromEntries(methods) as AnyRepository];
  });
  // Same names, same signatures: each method only gained the retry around it.
  return Object.fromEntries(wrapped) as All;
}
