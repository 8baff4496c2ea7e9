import type { RunningApp, SandboxActivities } from '@showrunner/contracts';
import {
  showsFrontEnd,
  startsSeveral,
  STATIC_SERVER_PATH,
  STATIC_SERVER_SOURCE,
} from '@showrunner/build-detection';
import { previewBase, previewUrl } from '@showrunner/preview';
import type { Sandbox } from '@showrunner/sandbox';
import { appCommand } from './app-command';
import { awaitPage } from './await-page';
import { restoreCheckpoint } from './checkpoint';
import { DEFAULT_TIMEOUTS, beating, type SandboxDependencies } from './dependencies';
import { liveSandbox } from '../live-sandbox';
import { failedProcesses, startProcesses, stopProcesses } from './processes/app-processes';
import { tellBuild } from './tell-build';
import { startServices, stopServices } from './services/app-services';
import { watchMemory } from './memory-watch';

type StartInput = Parameters<SandboxActivities['startApp']>[0];
type ResetInput = Parameters<SandboxActivities['resetApp']>[0];

/** Name of the app's process in its sandbox. */
export const APP_PROCESS = 'app';

/** Starts the app unless it runs, waits for its first page, and makes it reachable. Errors: see `awaitPage`. */
export async function startApp(deps: SandboxDependencies, input: StartInput): Promise<RunningApp> {
  const sandbox = await liveSandbox(deps.provider, input.sandboxId);
  const app = await beating(deps, 'starting the app', () =>
    launch(deps, sandbox, input, input.buildSpec.port),
  );
  await register(deps, input, app);
  return app;
}

/** Stops the app, brings its files back to the checkpoint, and starts it again. */
export async function resetApp(deps: SandboxDependencies, input: ResetInput): Promise<RunningApp> {
  const sandbox = await liveSandbox(deps.provider, input.sandboxId);
  const app = await beating(deps, 'resetting the app', async () => {
    await sandbox.killProcess(APP_PROCESS);
    await stopProcesses(sandbox, input.buildSpec);
    await stopServices(sandbox, input.buildSpec);
    await restoreCheckpoint(sandbox, { signal: deps.signal(), timeoutMs: DEFAULT_TIMEOUTS.setupMs });
    return launch(deps, sandbox, input, input.port);
  });
  await register(deps, input, app);
  return app;
}

async function launch(
  deps: SandboxDependencies,
  sandbox: Sandbox,
  { buildSpec, buildId }: Pick<StartInput, 'buildSpec' | 'buildId'>,
  expectedPort: number | null,
): Promise<RunningApp> {
  if (buildSpec.runtime === 'static') await sandbox.writeFile(STATIC_SERVER_PATH, STATIC_SERVER_SOURCE);
  const { command, cwd, env, port } = await appCommand(sandbox, buildSpec);
  await startServices(sandbox, buildSpec, { signal: deps.signal() });
  await startProcesses(sandbox, buildSpec, { signal: deps.signal() });
  const memory = watchMemory(sandbox);
  const started = performance.now();
  try {
    await sandbox.startProcess(APP_PROCESS, command, { cwd, env });
    const page = await awaitPage({
      sandbox,
      process: APP_PROCESS,
      expectedPort: expectedPort ?? port,
      pages: buildSpec.pages,
      isSeveral: startsSeveral(buildSpec),
      isFrontEnd: showsFrontEnd(buildSpec),
      timeoutMs: deps.timeouts?.startMs ?? DEFAULT_TIMEOUTS.startMs,
      signal: deps.signal(),
      outOfMemory: memory.outOfMemory,
    });
    for (const note of await failedProcesses(sandbox, buildSpec)) await tellBuild(deps, buildId, note);
    const base = previewBase(deps.config);
    const url = previewUrl(base, { sandboxId: sandbox.id });
    return { ...page, previewUrl: url, readyMs: Math.round(performance.now() - started) };
  } catch (error) {
    // What cannot be shown must not go on using the machine.
    await Promise.all([sandbox.killProcess(APP_PROCESS), stopProcesses(sandbox, buildSpec)]).catch(
      (reason: unknown) => deps.logger.warn({ sandboxId: sandbox.id, err: reason }, 'app not stopped'),
    );
    throw error;
  } finally {
    await memory.outOfMemory();
  }
}

/** Makes the app reachable under its preview's address, and says so once. */
async function register(deps: SandboxDependencies, input: StartInput, app: RunningApp): Promise<void> {
  const { sandboxId, projectId, buildId } = input;
  const preview = {
    sandboxId,
    projectId,
    url: app.previewUrl,
    port: app.port,
    upstreamHost: app.upstreamHost,
    path: app.path,
  };
  await deps.database.transaction(async ({ previews, builds, outbox }) => {
    const isNew = (await previews.find(sandboxId)) === null;
    await previews.register(preview);
    await builds.setApp(buildId, app);
    if (!isNew) return;
    const build = await builds.find(buildId);
    await outbox.append({
      type: 'PREVIEW_READY',
      projectId,
      runId: build?.runId ?? null,
      data: { sandboxId, buildId, url: app.previewUrl, path: app.path },
    });
  });
}
