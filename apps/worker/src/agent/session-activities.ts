import type {
  Decider,
  Decision,
  Feature,
  PerformedAction,
  SessionActivities,
  Step,
} from '@showrunner/contracts';
import type { SandboxProvider } from '@showrunner/sandbox';
import { requireRunning } from '../live-sandbox';
import { createManualActivities, type ManualDependencies } from './manual-activities';
import type { RunSecrets } from './open-sandbox-session';
import type { SessionRegistry } from './session-registry';

/** Decides for one step of a run, and hears what came of it. */
export interface StepDecider {
  of(step: { runId: string; feature: Feature; stepIndex: number }): Decider;
  /** A step that followed a decision has been performed. */
  performed(step: { runId: string; step: Step }, decision: Decision, record: PerformedAction): Promise<void>;
}

/** Rules decide the same for every run, and learn nothing. */
export const alwaysBy = (decider: Decider): StepDecider => ({
  of: () => decider,
  performed: () => Promise.resolve(),
});

export interface SessionDependencies {
  provider: Pick<SandboxProvider, 'get'>;
  sessions: SessionRegistry;
  /** Keeps what tools of manual sessions answer. */
  store: ManualDependencies['store'];
  secrets: Pick<RunSecrets, 'addSecrets'>;
  /** Asked when the rules of a step find nothing. */
  decider: StepDecider;
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
  store,
  secrets,
  decider,
  signal,
  recordingTimeoutMs,
}: SessionDependencies): SessionActivities => ({
  ...createManualActivities({ provider, sessions, store, secrets }),
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
  decide: ({ sessionId, runId, feature, stepIndex, step }) =>
    sessions.use(sessionId, (session) => session.decide(decider.of({ runId, feature, stepIndex }), step)),
  performStep: ({ sessionId, runId, feature, stepIndex, step, seq, attempt, pace, decision }) =>
    sessions.use(sessionId, async (session, sandboxId) => {
      const record = await judged(
        provider,
        sandboxId,
        await session.performStep({
          ...{ feature: feature.id, kind: feature.kind, stepIndex, step, seq, attempt, pace, decision },
        }),
      );
      // Its record names what was typed, and a replay types it again.
      await secrets.addSecrets(runId, session.secrets.added);
      if (decision !== undefined) await decider.performed({ runId, step }, decision, record);
      return record;
    }),
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
