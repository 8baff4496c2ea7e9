import type { Decider, PerformedAction, SessionActivities } from '@showrunner/contracts';
import type { SandboxProvider } from '@showrunner/sandbox';
import { requireRunning } from '../live-sandbox';
import type { SessionRegistry } from './session-registry';

export interface SessionDependencies {
  provider: Pick<SandboxProvider, 'get'>;
  sessions: SessionRegistry;
  /** Asked when the rules of a step find nothing. */
  decider: Decider;
  /** Cancellation of the activity that runs now. */
  signal: () => AbortSignal;
  /** Longest wait for the recorder's first frame, ms. */
  recordingTimeoutMs?: number;
}

const RECORDING_TIMEOUT_MS = 10_000;

/**
 * Activities of the task queue of this process: each works with a browser that only this process holds. What fails in an app whose
 * sandbox has died is not the app's failure but `sandbox_lost`.
 */
export const createSessionActivities = ({
  provider,
  sessions,
  decider,
  signal,
  recordingTimeoutMs,
}: SessionDependencies): SessionActivities => ({
  awaitRecording: ({ sessionId }) =>
    sessions.use(sessionId, async (session) => {
      let timer: NodeJS.Timeout | undefined;
      const waited = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), recordingTimeoutMs ?? RECORDING_TIMEOUT_MS);
      });
      const seen = session.frames.recordingStarted.then(() => true);
      const stopped = new Promise<false>((resolve) =>
        signal().addEventListener('abort', () => resolve(false), { once: true }),
      );
      const lost = session.ended.then(() => session.snapshot().then(() => false));
      try {
        return { firstFrameSeen: await Promise.race([seen, waited, stopped, lost]) };
      } finally {
        clearTimeout(timer);
      }
    }),
  stopRecording: ({ sessionId }) =>
    sessions.use(sessionId, (session) => Promise.resolve(session.frames.endRecording())),
  beginFeature: ({ sessionId, feature, seq, attempt, pace }) =>
    sessions.use(sessionId, async (session, sandboxId) =>
      judged(provider, sandboxId, await session.beginFeature({ feature, seq, attempt, pace })),
    ),
  decide: ({ sessionId, step }) => sessions.use(sessionId, (session) => session.decide(decider, step)),
  performStep: ({ sessionId, feature, stepIndex, step, seq, attempt, pace, decision }) =>
    sessions.use(sessionId, async (session, sandboxId) =>
      judged(
        provider,
        sandboxId,
        await session.performStep({
          ...{ feature: feature.id, kind: feature.kind, stepIndex, step, seq, attempt, pace, decision },
        }),
      ),
    ),
  closeSession: ({ sessionId }) => sessions.close(sessionId),
});

/** @throws AppError `sandbox_lost` */
async function judged(
  provider: Pick<SandboxProvider, 'get'>,
  sandboxId: string,
  record: PerformedAction,
): Promise<PerformedAction> {
  if (record.result === 'failed') await requireRunning(provider, sandboxId);
  return record;
}
