import { openBrowserSession, type BrowserSession } from '@showrunner/browser';
import { secretVariables } from '@showrunner/contracts';
import type { FrameSize, GivenSecrets, RunningApp } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { sessionPreviewUrl } from '@showrunner/preview';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';
import type { ObjectStore } from '@showrunner/storage';
import { liveSandbox } from '../live-sandbox';
import { previewLink } from './preview-link';
import { sessionAssets } from './session-assets';

/** Where the tools of a session are, and what a session may use up. */
export interface SessionSettings {
  chromiumPath: string;
  bwrapPath: string;
  setprivPath?: string;
  workDir: string;
  /** Address the DevTools relay listens on; default 127.0.0.1. */
  host?: string;
  limits?: { maxSteps: number; maxMs: number };
}

export interface SessionToOpen {
  sessionId: string;
  runId: string;
  sandboxId: string;
  app: RunningApp;
  size: FrameSize;
}

/** Where the secrets of runs are kept. */
export type RunSecrets = Pick<Database['runs'], 'openSecrets' | 'addSecrets' | 'openEnvironment'>;

/** What is covered and typed by name in the sessions of a run. */
export async function secretsOf(runs: RunSecrets, runId: string): Promise<GivenSecrets> {
  const [given, environment] = await Promise.all([runs.openSecrets(runId), runs.openEnvironment(runId)]);
  return { ...secretVariables(environment), ...given };
}

/** Opens a browser that can reach the app in this sandbox, the files of CDNs that were fetched for its run, and nothing else. Throws `sandbox_lost` when the sandbox is gone. */
export const openSandboxSession = async (
  {
    provider,
    store,
    secrets,
  }: {
    provider: SandboxProvider;
    store: Pick<ObjectStore, 'head' | 'read'>;
    secrets: RunSecrets;
  },
  settings: SessionSettings,
  input: SessionToOpen,
): Promise<BrowserSession> => {
  const sandbox = await liveSandbox(provider, input.sandboxId);
  const otherPorts = await portsOfPages(sandbox);
  return openBrowserSession({
    ...settings,
    sessionId: input.sessionId,
    size: input.size,
    previewUrl: sessionPreviewUrl(input.sandboxId),
    assets: await sessionAssets(store, input.runId),
    secrets: await secretsOf(secrets, input.runId),
    otherPorts,
    serve: previewLink(sandbox, input.app, otherPorts),
  });
};

/** More than an app has servers; each is a listener in the browser's namespace. */
const MOST_PORTS = 24;

/** Where the app listens, also with its own page: its scripts may call that `localhost`, too. */
async function portsOfPages(sandbox: Sandbox): Promise<number[]> {
  const ports = (await sandbox.listeningPorts()).map(({ port }) => port).filter((port) => port >= 1024);
  return [...new Set(ports)].sort((one, other) => one - other).slice(0, MOST_PORTS);
}
