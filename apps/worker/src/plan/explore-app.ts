import type { BrowserSession } from '@showrunner/browser';
import { AppError, explorationIdOf, rehearsalIdOf, storageKeys } from '@showrunner/contracts';
import type { PlanActivities } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { DEFAULT_EXPLORE_LIMITS, explore } from '@showrunner/planner';
import type { PrewarmedSessions } from '../agent';
import { liveSandbox } from '../live-sandbox';
import { endWith } from './end-with';
import type { PlanDependencies } from './plan-dependencies';
import { assetsOf } from './mirror-assets';
import { readPackageName, readReadme } from './read-readme';
import { explorerBrowserOf } from './session-adapters';

/** Looks around in the running app; what was seen is stored for the plan. */
export async function exploreApp(
  deps: PlanDependencies,
  { sandboxId, runId, app, intent, size }: Parameters<PlanActivities['exploreApp']>[0],
): ReturnType<PlanActivities['exploreApp']> {
  const { provider, store, logger, heartbeat, signal, ahead } = deps;
  const sandbox = await liveSandbox(provider, sandboxId);
  const startedAt = Date.now();
  // Before any browser is open: from then on nothing is fetched.
  const missing = await assetsOf(deps, sandbox, runId);
  const [[readme, packageName], session] = await Promise.all([
    folderOfApp(deps.database, runId).then((dir) =>
      Promise.all([readReadme(sandbox, dir), readPackageName(sandbox, dir)]),
    ),
    deps.openSession({ sessionId: explorationIdOf(runId, startedAt), runId, sandboxId, app, size }),
  ]);
  const end = endWith(signal(), session);
  let isHandedOff = false;
  try {
    const exploration = await explore(explorerBrowserOf(session), {
      rootPath: app.path.startsWith('/') ? app.path : `/${app.path}`,
      readme,
      packageName,
      intent,
      limits: { ...DEFAULT_EXPLORE_LIMITS, ...deps.exploreLimits },
      now: Date.now,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      signal: signal(),
      onProgress: heartbeat,
    });
    exploration.notes.push(...missing, ...session.notes);
    if (session.unreachableAddresses.length > 0) exploration.unreachable = session.unreachableAddresses;
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
    isHandedOff = ahead !== undefined && (await handOff(ahead, runId, session));
    return { explorationKey, pages };
  } finally {
    end.dispose();
    if (!isHandedOff) await session.close();
  }
}

/** The browser that has looked around rehearses next, once it has forgotten what it saw: that spares the start of another one. */
async function handOff(ahead: PrewarmedSessions, runId: string, session: BrowserSession): Promise<boolean> {
  try {
    await session.forget();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // What cannot forget is closed, and rehearsing opens its own.
    return false;
  }
  await ahead.handOff(rehearsalIdOf(runId), session);
  return true;
}

/** Folder of the app below the root of the source, '' for the root. */
async function folderOfApp({ runs, builds }: Database, runId: string): Promise<string> {
  const run = await runs.find(runId);
  const build = run?.buildId == null ? null : await builds.find(run.buildId);
  return build?.plan?.dir ?? '';
}
