import type { SandboxProviderName } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { Logger } from '@showrunner/telemetry';

export interface SandboxLifeDependencies {
  /** @throws AppError `sandbox_unavailable` when this platform is not set up for the provider */
  providerOf: (name: SandboxProviderName) => Promise<SandboxProvider>;
  database: Database;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Most that a tenant without a budget of its own may spend in a month, US dollars; undefined: no bound. */
  tenantBudgetUsd?: number;
  signal: () => AbortSignal;
  /** Unix epoch ms; for tests. */
  now?: () => number;
}
