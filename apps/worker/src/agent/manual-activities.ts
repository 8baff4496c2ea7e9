import { manualToolCall, runIdOfSession } from '@showrunner/contracts';
import type { SessionActivities, ToolAnswer } from '@showrunner/contracts';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { ObjectStore } from '@showrunner/storage';
import { requireRunning } from '../live-sandbox';
import type { RunSecrets } from './open-sandbox-session';
import type { SessionRegistry } from './session-registry';

export interface ManualDependencies {
  provider: Pick<SandboxProvider, 'get'>;
  sessions: SessionRegistry;
  store: Pick<ObjectStore, 'put'>;
  secrets: Pick<RunSecrets, 'addSecrets'>;
}

/** What somebody does by hand in a session of this process. What tools answer goes to the store: pages do not travel through a history. */
export const createManualActivities = ({
  provider,
  sessions,
  store,
  secrets,
}: ManualDependencies): Pick<SessionActivities, 'useTool' | 'beginMarked' | 'proveMarked'> => ({
  useTool: ({ sessionId, call: { caption, ...asked }, replyKey, ...at }) =>
    sessions.use(sessionId, async (session, sandboxId) => {
      // Held against the fence here, too: whoever reaches the workflow reaches this.
      const call = manualToolCall(asked, []);
      const { reply, picture, record } = await session.useTool({
        ...{ ...at, call },
        ...(caption !== undefined && { caption }),
      });
      await secrets.addSecrets(runIdOfSession(sessionId), session.secrets.added);
      if (reply.isError) await requireRunning(provider, sandboxId);
      const answer: ToolAnswer = {
        text: reply.text,
        ...(picture && { picture: Buffer.from(picture).toString('base64') }),
      };
      await store.put(replyKey, JSON.stringify(answer));
      return { isError: reply.isError, record };
    }),
  beginMarked: ({ sessionId }) =>
    sessions.use(sessionId, async (session) => ({ atMs: await session.beginMarked() })),
  proveMarked: ({ sessionId, claim }) => sessions.use(sessionId, (session) => session.proveMarked(claim)),
});
