import type { SandboxProviderName } from '@showrunner/contracts';
import type { PreviewBase } from '@showrunner/preview';

export const SANDBOX_OPTIONS = Symbol('SANDBOX_OPTIONS');

/** What the settings say about sandboxes of requests. */
export interface SandboxOptions {
  /** Where sandboxes are made that say nothing else. */
  defaultProvider: SandboxProviderName;
  /** Whether SANDBOX_API_KEY is set, which cloud providers need. */
  hasKey: boolean;
  /** Places of each provider. */
  places: Readonly<Record<string, number>>;
  /** Most films at once of each provider; absent: no bound of their own. */
  films?: Readonly<Record<string, number>>;
  tenantMaxSandboxes: number;
  tenantMaxQueued: number;
  tenantCreationsPerMinute: number;
  /** Of runs, which the intent service counts. */
  tenantMaxRuns: number;
  tenantRunsPerMinute: number;
  /** US dollars in a month; undefined: no bound. */
  tenantBudgetUsd?: number;
  /** Where browsers see running apps. */
  previews: PreviewBase;
  /** Secret of the installation, from which the key of preview links is made. */
  previewSecret: string;
  /** `host:port` that may have a private address although a request names it. */
  privateHosts: readonly string[];
}
