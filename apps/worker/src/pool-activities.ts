import { Context } from '@temporalio/activity';
import { ruleDecider } from '@showrunner/browser';
import { requireTool } from '@showrunner/config';
import type { Pool, SessionActivities } from '@showrunner/contracts';
import { createSandboxLifeActivities } from '@showrunner/sandbox-life';
import {
  createAgentActivities,
  createSessionActivities,
  openSandboxSession,
  sessionIdOf,
  SessionRegistry,
  SessionsAhead,
} from './agent';
import type { SessionSettings } from './agent';
import type { WorkerDependencies } from './dependencies';
import { createExportActivities } from './export';
import { rulePlanner } from '@showrunner/planner';
import { createPlanActivities } from './plan';
import { createRecordingActivities } from './recording';
import { createSandboxActivities } from './sandbox';
import { createSegmentationActivities } from './segmentation';

/** The activities of each pool, made when asked for: a worker of one pool neither needs the tools of the others nor loads their state. */
export interface PoolActivities {
  of(pool: Pool): object;
  /** Activities of this process's own task queue; only for a worker that opens sessions. */
  session(): SessionActivities;
  close(): Promise<void>;
}

export function poolActivities(
  deps: WorkerDependencies,
  sessionQueue: string,
  pools: readonly Pool[],
): PoolActivities {
  const { config, logger, provider, workDir, signal } = deps;
  const sessions = new SessionRegistry({
    onNote: (sessionId, note) => logger.info({ sessionId, note }, 'note of a browser session'),
  });
  const ahead = new SessionsAhead((error) => logger.warn({ error }, 'a browser could not be kept ready'));
  const settings = (): SessionSettings => ({
    chromiumPath: requireTool('chromium').path,
    bwrapPath: requireTool('bwrap').path,
    workDir,
    limits: { maxSteps: config.SESSION_MAX_STEPS, maxMs: config.SESSION_MAX_MS },
  });
  const factories: Record<Pool, () => object> = {
    sandbox: () => ({
      ...createSandboxActivities({ ...deps, attempt: () => Context.current().info.attempt }),
      ...createSandboxLifeActivities({ ...deps, tenantBudgetUsd: config.TENANT_BUDGET_USD }),
    }),
    plan: () =>
      createPlanActivities({
        planner: rulePlanner,
        ...deps,
        openSession: (input) => openSandboxSession(provider, settings(), input),
        ahead,
        filmingSessionId: pools.includes('agent') ? (runId) => sessionIdOf(runId, 1) : undefined,
        exploreLimits: {
          maxPages: config.EXPLORE_MAX_PAGES,
          maxMs: config.EXPLORE_MAX_MS,
          firstRenderMs: config.EXPLORE_FIRST_RENDER_MS,
        },
      }),
    agent: () =>
      createAgentActivities({ provider, sessions, ahead, settings: settings(), taskQueue: sessionQueue }),
    recording: () =>
      createRecordingActivities({
        ...deps,
        config: { workDir },
        attempt: () => Context.current().info.attempt,
      }),
    segmentation: () => createSegmentationActivities({ ...deps, config: { workDir } }),
    export: () =>
      createExportActivities({ ...deps, config: { ffmpegPath: requireTool('ffmpeg').path, workDir } }),
  };
  return {
    of: (pool) => factories[pool](),
    session: () => createSessionActivities({ provider, sessions, decider: ruleDecider, signal }),
    close: async () => {
      await Promise.all([sessions.closeAll(), ahead.closeAll()]);
    },
  };
}
