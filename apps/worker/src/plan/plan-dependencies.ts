import type { BrowserSession } from '@showrunner/browser';
import type { NpmRegistry } from '@showrunner/cdn-mirror';
import type { Planner } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import type { ExploreLimits } from '@showrunner/planner';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';
import type { PrewarmedSessions, SessionToOpen } from '../agent';

export interface PlanDependencies {
  provider: Pick<SandboxProvider, 'get'>;
  database: Database;
  store: Pick<ObjectStore, 'put' | 'read' | 'head'>;
  /** Where files of public CDNs are fetched from; without it pages go without them. */
  registry?: NpmRegistry | undefined;
  /** A browser that reaches this app and nothing else; the caller closes it. */
  openSession: (input: SessionToOpen) => Promise<BrowserSession>;
  /** Browsers for the next stage, opened while this one waits for pages. */
  ahead?: PrewarmedSessions;
  /** Id of the session that will film this run, when this process also films. */
  filmingSessionId?: (runId: string, film: number) => string;
  /** Goes on where a proposal needs it, while rehearsing: by rules, at once. */
  planner: Planner;
  /** Says what is worth showing in this run; without it `planner` does. */
  plannerFor?: (runId: string) => Planner;
  logger: Logger;
  /** Of the activity that runs now. */
  heartbeat: (detail?: unknown) => void;
  signal: () => AbortSignal;
  exploreLimits?: Partial<ExploreLimits>;
}
