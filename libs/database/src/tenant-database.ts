import { repositoriesOn } from './repositories';
import type { Repositories } from './repositories';
import type { SecretBox } from './secrets/secret-box';
import type { Db } from './connection/client';

/** What belongs to tenants, and so can be asked for in the name of one. */
const OF_TENANTS = [
  'tenants',
  'memberships',
  'invitations',
  'projects',
  'builds',
  'intents',
  'plans',
  'runs',
  'runReports',
  'actions',
  'milestones',
  'sessions',
  'takes',
  'clips',
  'exports',
  'shares',
  'timelines',
  'outbox',
  'modelCalls',
  'generations',
  'stepDecisions',
  'agents',
  'sandboxes',
  'sandboxUsage',
  'previews',
  'previewLinks',
  'deletions',
] as const satisfies readonly (keyof Repositories)[];

export type TenantRepositories = Pick<Repositories, (typeof OF_TENANTS)[number]>;

/** The database as one tenant sees it: what is another's is not there, and cannot be written to. */
export interface TenantDatabase extends TenantRepositories {
  readonly tenantId: string;
  /** As that of the whole database. */
  transaction<T>(work: (repositories: TenantRepositories) => Promise<T>): Promise<T>;
}

/** The only door to what belongs to tenants, outside of workers and of the platform's own rounds. */
export interface TenantDatabases {
  forTenant(tenantId: string): TenantDatabase;
}

/** @param db a client or transaction that shows this tenant's rows alone */
export function tenantRepositoriesOn(db: Db, box: SecretBox, tenantId: string): TenantRepositories {
  const all = repositoriesOn(db, box, tenantId);
  // Every name is one of both; the rest is left out.
  return Object.fromEntries(OF_TENANTS.map((name) => [name, all[name]])) as unknown as TenantRepositories;
}
