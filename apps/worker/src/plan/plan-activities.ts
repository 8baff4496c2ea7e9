import type { BrowserSession } from '@showrunner/browser';
import { storageKeys } from '@showrunner/contracts';
import type { FrameSize, PlanActivities, RunningApp } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { DEFAULT_EXPLORE_LIMITS, explore } from '@showrunner/planner';
import type { ExploreLimits } from '@showrunner/planner';
import type { SandboxProvider } from '@showrunner/sandbox';
import { liveSandbox } from '../live-sandbox';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';
import { makePlan, planRefOf } from './make-plan';
import { readReadme } from './read-readme';
import { explorerBrowserOf } from './session-adapters';

export interface PlanDependencies {
  provider: Pick<SandboxProvider, 'get'>;
  database: Database;
  store: Pick<ObjectStore, 'put' | 'read' | 'head'>;
  /** A browser that reaches this app and nothing else; the caller closes it. */
  openSession: (input: {
    sessionId: string;
    sandboxId: string;
    app: RunningApp;
    size: FrameSize;
  }) => Promise<BrowserSession>;
  logger: Logger;
  /** Of the activity that runs now. */
  heartbeat: (detail?: unknown) => void;
  signal: () => AbortSignal;
  exploreLimits?: Partial<ExploreLimits>;
}

/** Activities of the plan pool. */
export const createPlanActivities = (deps: PlanDependencies): PlanActivities => ({
  async exploreApp({ sandboxId, runId, app, intent, size }) {
    const { provider, store, logger, heartbeat, signal } = deps;
    const sandbox = await liveSandbox(provider, sandboxId);
    const startedAt = Date.now();
    const [readme, session] = await Promise.all([
      folderOfApp(deps.database, runId).then((dir) => readReadme(sandbox, dir)),
      deps.openSession({ sessionId: `${runId}-explore-${startedAt.toString(36)}`, sandboxId, app, size }),
    ]);
    try {
      const exploration = await explore(explorerBrowserOf(session), {
        rootPath: app.path.startsWith('/') ? app.path : `/${app.path}`,
        readme,
        intent,
        limits: { ...DEFAULT_EXPLORE_LIMITS, ...deps.exploreLimits },
        now: Date.now,
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        signal: signal(),
        onProgress: heartbeat,
      });
      exploration.notes.push(...session.notes);
      const explorationKey = storageKeys.exploration(runId);
      await store.put(explorationKey, JSON.stringify(exploration));
      await deps.database.runs.addNotes(runId, exploration.notes);
      const pages = new Set(exploration.pages.map((page) => page.path)).size;
      logger.info(
        {
          runId,
          pages,
          states: exploration.pages.length,
          notes: exploration.notes,
          durationMs: Date.now() - startedAt,
        },
        'app explored',
      );
      return { explorationKey, pages };
    } finally {
      await session.close();
    }
  },
  makePlan: (input) => makePlan(deps, input),
  async loadPlan({ planId }) {
    return planRefOf(await deps.database.plans.get(planId));
  },
});

/** Folder of the app below the root of the source, '' for the root. */
async function folderOfApp({ runs, builds }: Database, runId: string): Promise<string> {
  const run = await runs.find(runId);
  const build = run?.buildId == null ? null : await builds.find(run.buildId);
  return build?.plan?.dir ?? '';
}
