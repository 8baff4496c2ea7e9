import { isCancellation, log, workflowInfo } from '@temporalio/workflow';
import { isRecorded } from '@showrunner/contracts';
import type {
  ActionRecord,
  Decision,
  Feature,
  FeatureOutcome,
  FilmRunInput,
  Milestone,
  PerformedAction,
  RecordedAction,
  RunFailure,
  Step,
} from '@showrunner/contracts';
import { decisions, state } from './activity-options';
import { failureOf, isLimitReached, isSessionLost } from './failure';
import type { FilmSession } from './film-session';
import type { FilmProgress } from './film-progress';

/** A failed step is tried once more: pages settle late. The second try first checks whether the first has succeeded meanwhile. */
const STEP_ATTEMPTS = 2;

export interface FilmedFeature {
  outcome: FeatureOutcome;
  milestones: Milestone[];
  actions: ActionRecord[];
  /** The session has used up its steps or its time: nothing more can be filmed in this film. */
  limit?: RunFailure;
}

export interface FeatureToFilm {
  input: FilmRunInput;
  session: FilmSession;
  feature: Feature;
  progress: FilmProgress;
  /** Actions of the run that is replayed, or of this one before a loss: what was decided in them is not decided again. */
  known: readonly RecordedAction[];
  /** Repeats a feature after a loss, for nobody to see: nothing is recorded. */
  fast: boolean;
  /** 2 when it is filmed once more from a clean page; default 1. */
  take?: number;
}

/**
 * Films one feature: brings the page to its start, performs the steps, one activity each, until all are verified or one has failed. A step
 * whose target the rules do not find is decided in an activity of its own before it is tried again. Throws when the session is lost.
 */
export async function filmFeature(film: FeatureToFilm): Promise<FilmedFeature> {
  const { input, session, feature, progress, fast } = film;
  const { runId } = input;
  const { sessionId } = session.ref;
  const pace = fast ? 'none' : input.pace;
  const label = `${feature.title} · `;
  const actions: ActionRecord[] = [];
  const milestones: Milestone[] = [];

  // What no take shows has no time, and nothing is written down of it: it brings the app to where filming goes on.
  const keep = async (done: PerformedAction, begunAt: number): Promise<void> => {
    const record = input.check && !fast ? timedHere(done, begunAt) : done;
    if (!isRecorded(record)) return;
    actions.push(record);
    await state.recordAction({ runId, film: input.film, sessionId, takeId: session.takeId, record });
  };
  const mark = async (at: PerformedAction, kind: Milestone['kind'], reason?: string): Promise<void> => {
    if (!isRecorded(at)) return;
    const milestone = { feature: feature.id, kind, atMs: at.endMs, ...(reason !== undefined && { reason }) };
    milestones.push(milestone);
    await state.recordMilestone({ runId, milestone });
  };
  const unproven = (reason: string): FilmedFeature => ({
    outcome: { feature: feature.id, title: feature.title, verified: false, reason },
    milestones,
    actions,
  });
  const failed = async (record: PerformedAction): Promise<FilmedFeature> => {
    const reason = `${record.caption}: ${record.error ?? 'the success condition did not hold'}`;
    await mark(record, 'failed', reason);
    return unproven(reason);
  };

  const filmed = async (): Promise<FilmedFeature> => {
    progress.enter(feature.id, -1);
    const begunAt = Date.now();
    const begun = await session.activities.beginFeature.executeWithOptions(
      { summary: `${label}go to ${feature.startPath ?? 'where we are'}` },
      [{ sessionId, runId, feature, seq: progress.nextSeq(), attempt: film.take ?? 1, pace }],
    );
    await keep(begun, begunAt);
    await mark(begun, 'started');
    if (begun.result === 'failed') return failed(begun);
    let last = begun;

    for (const [stepIndex, step] of feature.steps.entries()) {
      progress.enter(feature.id, stepIndex);
      const summary = `${label}${stepIndex + 1}/${feature.steps.length} · ${step.caption}`;
      let decision = decidedBefore(film, stepIndex);
      let record: PerformedAction | undefined;
      for (let attempt = 1; attempt <= STEP_ATTEMPTS && mayTry(record); attempt += 1) {
        if (progress.stopped() !== 'no') return unproven('The run was stopped.');
        // Who replays does what was done, and decides nothing.
        if (isUndecided(record) && !input.recorded) decision = await decided(film, stepIndex, step);
        const stepAt = Date.now();
        record = await session.activities.performStep.executeWithOptions({ summary }, [
          {
            ...{
              sessionId,
              runId,
              feature,
              stepIndex,
              step,
              seq: progress.nextSeq(),
              attempt,
              pace,
              fast,
            },
            ...(decision && { decision }),
          },
        ]);
        await keep(record, stepAt);
      }
      if (!record?.verified) return failed(record ?? begun);
      last = record;
    }
    await mark(last, 'succeeded');
    return { outcome: { feature: feature.id, title: feature.title, verified: true }, milestones, actions };
  };

  try {
    return await filmed();
  } catch (error) {
    if (!isLimitReached(error)) throw error;
    const limit = failureOf(error, 'filming');
    const last = actions[actions.length - 1];
    if (last) await mark(last, 'failed', limit.message);
    return { ...unproven(limit.message), limit };
  }
}

/** A check has no take: its times are ms since its workflow began. */
const timedHere = (done: PerformedAction, begunAt: number): ActionRecord => {
  const zero = workflowInfo().startTime.getTime();
  return { ...done, startMs: begunAt - zero, actMs: begunAt - zero, endMs: Date.now() - zero };
};

/** Whether a step is tried (again): not when it is verified, nor when trying again would go round in a circle. */
const mayTry = (last: PerformedAction | undefined): boolean => !last?.verified && !last?.loop;

const isUndecided = (last: PerformedAction | undefined): boolean => last?.decision?.outcome === 'missing';

/** What was acted on when this step was verified before. */
function decidedBefore({ known, feature }: FeatureToFilm, stepIndex: number): Decision | undefined {
  return known.find(
    (action) =>
      action.feature === feature.id &&
      action.step === stepIndex &&
      action.verified &&
      action.decision?.outcome === 'resolved',
  )?.decision;
}

/** Asks what to act on; undefined when nobody knows, or when whoever should know cannot be asked: the step then fails by itself. */
async function decided(film: FeatureToFilm, stepIndex: number, step: Step): Promise<Decision | undefined> {
  const { input, session, feature } = film;
  const { sessionId, taskQueue } = session.ref;
  try {
    const decision = await decisions(taskQueue).decide.executeWithOptions(
      { summary: `${feature.title} · decide · ${step.caption}` },
      [{ sessionId, runId: input.runId, feature, stepIndex, step }],
    );
    return decision.outcome === 'resolved' ? decision : undefined;
  } catch (error) {
    if (isSessionLost(error) || isCancellation(error)) throw error;
    log.warn('A step could not be decided', { feature: feature.id, stepIndex, error: String(error) });
    return undefined;
  }
}
