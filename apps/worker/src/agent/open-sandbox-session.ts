import { openBrowserSession, type BrowserSession } from '@showrunner/browser';
import type { FrameSize, RunningApp } from '@showrunner/contracts';
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

/** Opens a browser that can reach the app in this sandbox, the files of CDNs that were fetched for its run, and nothing else. Throws `sandbox_lost` when the sandbox is gone. */
export const openSandboxSession = async (
  { provider, store }: { provider: SandboxProvider; store: Pick<ObjectStore, 'head' | 'read'> },
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
