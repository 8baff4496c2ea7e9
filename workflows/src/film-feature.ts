import type { ActionRecord, Feature, FeatureOutcome, FilmRunInput, Milestone } from '@showrunner/contracts';
import { state } from './activity-options';
import type { FilmSession } from './film-session';
import type { FilmProgress } from './film-progress';

/** A failed step is tried once more: pages settle late. The second try first checks whether the first has succeeded meanwhile. */
const STEP_ATTEMPTS = 2;

export interface FilmedFeature {
  outcome: FeatureOutcome;
  milestones: Milestone[];
  actions: ActionRecord[];
}

/**
 * Films one feature: brings the page to its start, performs the steps, one activity each, until all are verified or one has failed.
 * Throws when the session is lost. `fast` replays a feature after a loss: nothing is recorded.
 */
export async function filmFeature(
  input: FilmRunInput,
  session: FilmSession,
  feature: Feature,
  progress: FilmProgress,
  fast: boolean,
): Promise<FilmedFeature> {
  const { runId } = input;
  const { sessionId } = session.ref;
  const pace = fast ? 'none' : input.pace;
  const label = `${feature.title} · `;
  const actions: ActionRecord[] = [];
  const milestones: Milestone[] = [];

  const keep = async (record: ActionRecord): Promise<void> => {
    actions.push(record);
    if (!fast) await state.recordAction({ runId, sessionId, takeId: session.takeId, record });
  };
  const mark = async (milestone: Milestone): Promise<void> => {
    milestones.push(milestone);
    if (!fast) await state.recordMilestone({ runId, milestone });
  };
  const failed = async (record: ActionRecord): Promise<FilmedFeature> => {
    const reason = `${record.caption}: ${record.error ?? 'the success condition did not hold'}`;
    await mark({ feature: feature.id, kind: 'failed', atMs: record.endMs, reason });
    return {
      outcome: { feature: feature.id, title: feature.title, proven: false, reason },
      milestones,
      actions,
    };
  };

  progress.enter(feature.id, -1);
  const begun = await session.activities.beginFeature.executeWithOptions(
    { summary: `${label}go to ${feature.startPath ?? 'where we are'}` },
    [{ sessionId, runId, feature, seq: progress.nextSeq(fast), attempt: 1, pace }],
  );
  await keep(begun);
  await mark({ feature: feature.id, kind: 'started', atMs: begun.endMs });
  if (begun.result === 'failed') return failed(begun);

  for (const [stepIndex, step] of feature.steps.entries()) {
    progress.enter(feature.id, stepIndex);
    const summary = `${label}${stepIndex + 1}/${feature.steps.length} · ${step.caption}`;
    let record: ActionRecord | undefined;
    for (
      let attempt = 1;
      attempt <= STEP_ATTEMPTS && record?.result !== 'succeeded' && record?.result !== 'skipped';
      attempt += 1
    ) {
      if (progress.stopped() !== 'no') return stoppedFeature(feature, milestones, actions);
      record = await session.activities.performStep.executeWithOptions({ summary }, [
        { sessionId, runId, feature, stepIndex, step, seq: progress.nextSeq(fast), attempt, pace, fast },
      ]);
      await keep(record);
    }
    if (!record?.verified) return failed(record ?? begun);
  }
  const last = actions[actions.length - 1] ?? begun;
  await mark({ feature: feature.id, kind: 'succeeded', atMs: last.endMs });
  return { outcome: { feature: feature.id, title: feature.title, proven: true }, milestones, actions };
}

function stoppedFeature(feature: Feature, milestones: Milestone[], actions: ActionRecord[]): FilmedFeature {
  return {
    outcome: { feature: feature.id, title: feature.title, proven: false, reason: 'The run was stopped.' },
    milestones,
    actions,
  };
}
