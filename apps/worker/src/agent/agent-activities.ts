import { sessionIdOf } from '@showrunner/contracts';
import type { AgentActivities } from '@showrunner/contracts';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { ObjectStore } from '@showrunner/storage';
import { openSandboxSession, secretsOf, type RunSecrets, type SessionSettings } from './open-sandbox-session';
import type { SessionRegistry } from './session-registry';
import type { PrewarmedSessions } from './prewarmed-sessions';

export interface AgentDependencies {
  provider: SandboxProvider;
  /** Has the files of CDNs that were fetched for a run. */
  store: Pick<ObjectStore, 'head' | 'read'>;
  secrets: RunSecrets;
  sessions: SessionRegistry;
  /** Sessions that planning has opened already, by session id. */
  ahead?: PrewarmedSessions;
  settings: SessionSettings;
  /** Task queue that this process alone polls; see `sessionQueueName`. */
  taskQueue: string;
  /** Writes down where the session is, for recorders that know its id. */
  register: (session: { sessionId: string; runId: string }) => Promise<void>;
}

/** Activities of the agent pool. `openSession` adopts what an earlier attempt opened in this process. */
export const createAgentActivities = ({
  provider,
  store,
  secrets,
  sessions,
  ahead,
  settings,
  taskQueue,
  register,
}: AgentDependencies): AgentActivities => ({
  async openSession({ sandboxId, runId, session: asked, app, size, idleMs }) {
    const sessionId = sessionIdOf(runId, asked);
    const session = await sessions.adopt(
      sessionId,
      sandboxId,
      async () =>
        (await ahead?.take(sessionId)) ??
        openSandboxSession({ provider, store, secrets }, settings, {
          sessionId,
          runId,
          sandboxId,
          app,
          size,
        }),
      idleMs,
    );
    // One that was opened ahead does not know what was typed since.
    await session.learnSecrets(await secretsOf(secrets, runId));
    await register({ sessionId, runId });
    return { sessionId, taskQueue, browserSession: session.browserSession };
  },
});
