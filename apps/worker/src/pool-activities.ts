import type { Server } from 'node:http';
import { Context } from '@temporalio/activity';
import { NpmRegistry } from '@showrunner/cdn-mirror';
import { requireTool } from '@showrunner/config';
import { sessionIdOf } from '@showrunner/contracts';
import type { Pool, SessionActivities } from '@showrunner/contracts';
import { createSandboxLifeActivities } from '@showrunner/sandbox-life';
import {
  createAgentActivities,
  createSessionActivities,
  serveFrames,
  openSandboxSession,
  SessionRegistry,
  PrewarmedSessions,
} from './agent';
import type { SessionSettings } from './agent';
import type { WorkerDependencies } from './dependencies';
import { createExportActivities } from './export';
import { modelPorts, openModels } from './models';
import { voicesOf } from './voices';
import { rulePlanner } from '@showrunner/planner';
import { createPlanActivities } from './plan';
import { connectSession, createRecordingActivities } from './recording';
import { createSandboxActivities, debianSystems, sharedRuntimes } from './sandbox';
import { createSegmentationActivities } from './segmentation';
import { createWritingActivities } from './writing';

/** The activities of each pool, made when asked for: a worker of one pool neither needs the tools of the others nor loads their state. */
export interface PoolActivities {
  of(pool: Pool): object;
  /** Activities of this process's own task queue; only for a worker that opens sessions. */
  session(): SessionActivities;
  /** Hands out the frames of this process's sessions by its server. */
  serve(server: Server): void;
  close(): Promise<void>;
}

export function poolActivities(
  deps: WorkerDependencies,
  sessionQueue: string,
  pools: readonly Pool[],
  /** Where other workers reach this one: `http://<host>:<port>`. */
  address: string,
): PoolActivities {
  const { config, database, logger, provider, store, workDir, signal } = deps;
  const sessions = new SessionRegistry({
    onNote: (sessionId, note) => logger.info({ sessionId, note }, 'note of a browser session'),
  });
  const ahead = new PrewarmedSessions((error) => logger.warn({ error }, 'a browser could not be kept ready'));
  const settings = (): SessionSettings => ({
    chromiumPath: requireTool('chromium').path,
    bwrapPath: requireTool('bwrap').path,
    workDir,
    limits: { maxSteps: config.SESSION_MAX_STEPS, maxMs: config.SESSION_MAX_MS },
  });
  const models = openModels(config);
  const ports = modelPorts(models, database);
  const factories: Record<Pool, () => object> = {
    sandbox: () => ({
      ...createSandboxActivities({
        ...deps,
        runtimes: sharedRuntimes(provider, config),
        systems: debianSystems(provider, config),
        attempt: () => Context.current().info.attempt,
      }),
      ...createSandboxLifeActivities({ ...deps, tenantBudgetUsd: config.TENANT_BUDGET_USD }),
    }),
    plan: () => ({
      ...createWritingActivities({
        ...{ database, store, models, signal, attempt: () => Context.current().info.attempt },
        advisories: { npm: config.NPM_REGISTRY_URL, pypi: 'https://pypi.org', fetch },
      }),
      ...createPlanActivities({
        planner: rulePlanner,
        plannerFor: ports.plannerFor,
        ...deps,
        openSession: (input) =>
          openSandboxSession({ provider, store, secrets: database.runs }, settings(), input),
        ahead,
        registry: config.CDN_MIRROR === 'on' ? new NpmRegistry({ url: config.NPM_REGISTRY_URL }) : undefined,
        filmingSessionId: pools.includes('agent')
          ? (runId, film) => sessionIdOf(runId, { film, number: 1, opening: 1 })
          : undefined,
        exploreLimits: {
          maxPages: config.EXPLORE_MAX_PAGES,
          maxMs: config.EXPLORE_MAX_MS,
          firstRenderMs: config.EXPLORE_FIRST_RENDER_MS,
        },
      }),
    }),
    agent: () =>
      createAgentActivities({
        ...{ provider, store, secrets: database.runs, sessions, ahead, taskQueue: sessionQueue },
        settings: settings(),
        register: (session) => database.sessions.open({ ...session, workerAddress: address }),
      }),
    recording: () =>
      createRecordingActivities({
        ...deps,
        config: { workDir },
        connect: connectSession(database, config.INTERNAL_TOKEN),
        isShuttingDown: () => Context.current().cancellationDetails?.workerShutdown === true,
      }),
    segmentation: () => createSegmentationActivities({ ...deps, config: { workDir } }),
    export: () =>
      createExportActivities({
        ...deps,
        config: { ffmpegPath: requireTool('ffmpeg').path, ffprobePath: requireTool('ffprobe').path, workDir },
        voices: voicesOf(config),
      }),
  };
  return {
    of: (pool) => factories[pool](),
    serve: (server) => serveFrames(server, { sessions, logger, internalToken: config.INTERNAL_TOKEN }),
    session: () =>
      createSessionActivities({
        ...{ provider, sessions, store, secrets: database.runs, decider: ports.decider, signal },
      }),
    close: async () => {
      await Promise.all([sessions.closeAll(), ahead.closeAll()]);
    },
  };
}
