import { openBrowserSession, type BrowserSession } from '@showrunner/browser';
import type { FrameSize, RunningApp } from '@showrunner/contracts';
import { sessionPreviewUrl } from '@showrunner/preview';
import type { SandboxProvider } from '@showrunner/sandbox';
import { liveSandbox } from '../live-sandbox';
import { previewLink } from './preview-link';

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

/** Opens a browser that can reach the app in this sandbox and nothing else. Throws `sandbox_lost` when the sandbox is gone. */
export const openSandboxSession = async (
  provider: SandboxProvider,
  settings: SessionSettings,
  input: { sessionId: string; sandboxId: string; app: RunningApp; size: FrameSize },
): Promise<BrowserSession> => {
  const sandbox = await liveSandbox(provider, input.sandboxId);
  return openBrowserSession({
    ...settings,
    sessionId: input.sessionId,
    size: input.size,
    previewUrl: sessionPreviewUrl(input.sandboxId),
    serve: previewLink(sandbox, input.app),
  });
};
