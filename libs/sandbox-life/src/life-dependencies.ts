import type { SandboxProviderName } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import type { SandboxProvider } from '@showrunner/sandbox';

export interface SandboxLifeDependencies {
  /** @throws AppError `sandbox_unavailable` when this platform is not set up for the provider */
  providerOf: (name: SandboxProviderName) => Promise<SandboxProvider>;
  database: Database;
  logger: { warn(facts: object, message: string): void };
  /** Most that a tenant without a budget of its own may spend in a month, US dollars; undefined: no bound. */
  tenantBudgetUsd?: number;
  signal: () => AbortSignal;
  /** Unix epoch ms; for tests. */
  now?: () => number;
}
