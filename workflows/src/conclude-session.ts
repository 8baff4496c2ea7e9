import { isCancellation } from '@temporalio/workflow';
import type { CancellationScope } from '@temporalio/workflow';
import type {
  Clip,
  DriveSessionInput,
  Feature,
  ProduceVideoResult,
  RunFailure,
  RunState,
  Take,
} from '@showrunner/contracts';
import { segmentation, state } from './activity-options';
import type { DrivenBrowser } from './drive-browser';
import { endCancelled } from './ends';
import { failureOf, failWorkflow } from './failure';
import { OVER_BUDGET } from './over-budget';
import { rendered } from './rendered';
import { countVerified } from './run-messages';
import { showState } from './search-attributes';
import type { TimedStages } from './stages';

/** What ends a session. */
export type End = 'finish' | 'idle' | 'time' | 'lost' | 'cancel' | 'kill' | 'budget';

const NOTES: Partial<Record<End, string>> = {
  idle: 'The session ended by itself: nothing was asked of it for as long as it may stand idle.',
  time: 'The session ended by itself: it has lasted as long as it may.',
};

export interface Ended {
  end: End;
  takes: Take[];
  failure?: RunFailure;
}

export interface Conclusion {
  input: DriveSessionInput;
  stages: TimedStages;
  enter(next: RunState, text: string): Promise<void>;
  /** Of the workflow itself. */
  root: CancellationScope;
}

/** Clips and film of what was proven in a session, and its last word. @param browser undefined when it never opened */
export async function concludeSession(
  conclusion: Conclusion,
  browser: DrivenBrowser | undefined,
  { end, takes, failure }: Ended,
): Promise<ProduceVideoResult> {
  const { input, enter, root, stages } = conclusion;
  const { runId, projectId } = input;
  const outcomes = browser?.marks.outcomes() ?? [];
  const result = { outcomes, divergences: [], exportId: null };
  const fail = async (why: RunFailure): Promise<never> => {
    await state.setRunState({ runId, state: 'failed', message: why.message, failure: why });
    showState('failed', why.message);
    return failWorkflow(why, { ...result, state: 'failed' });
  };
  const stop = async (how: 'cancelled' | 'killed', text: string): Promise<never> => {
    await enter(how, text);
    return endCancelled(root, text);
  };
  if (browser === undefined) {
    if (failure) return fail(failure);
    if (end === 'budget') return fail(OVER_BUDGET);
    if (end === 'kill') return stop('killed', 'Killed');
    if (end === 'cancel') return stop('cancelled', 'Cancelled');
    await enter('done', 'Ended before it had opened');
    return { state: 'done', ...result };
  }
  const features = browser.marks.planned(input.session.on?.app.path ?? '/');
  const plan = features.length > 0 ? await state.storeSessionPlan({ runId, projectId, features }) : undefined;
  await state.recordOutcomes({
    ...{ runId, outcomes, divergences: [] },
    ...(plan && { planId: plan.planId, planHash: plan.hash }),
  });
  if (end === 'kill') return stop('killed', 'Killed');

  let exportId: string | null = null;
  let thrown: unknown;
  try {
    const clips = await clipsOf(conclusion, browser, features, { end, takes, ...(failure && { failure }) });
    const isFilmed = end !== 'cancel' && end !== 'budget';
    if (isFilmed && plan && clips.length > 0)
      exportId = await rendered(conclusion, 'session', { planId: plan.planId, takes, clips });
  } catch (error) {
    thrown = error;
  }
  if (isCancellation(thrown) || end === 'cancel') return stop('cancelled', 'Cancelled');
  if (thrown !== undefined) return fail(failureOf(thrown, stages.current()));
  if (end === 'budget') return fail(OVER_BUDGET);
  if (exportId === null && failure) return fail(failure);
  const done =
    exportId === null
      ? 'Ended: no feature was proven, so there is no film'
      : `${countVerified(outcomes)} of ${outcomes.length} features proven and filmed`;
  await enter('done', done);
  return { state: 'done', ...result, exportId };
}

/** The clips; with them stands the log of what was done, also where nothing was proven. */
async function clipsOf(
  { input: { runId }, stages, enter }: Conclusion,
  { session, milestones }: DrivenBrowser,
  features: readonly Feature[],
  { end, takes, failure }: Ended,
): Promise<Clip[]> {
  await enter('segmenting', 'Cutting the clips');
  const notes = [
    NOTES[end],
    failure && `The session ended early: ${failure.message} What was proven before is kept.`,
  ].filter((note) => note !== undefined);
  for (const note of notes)
    await state.setRunState({ runId, state: 'segmenting', message: note, notes: [note] });
  const { clips } = await stages.run('segment', () =>
    segmentation.segmentTakes.executeWithOptions({ summary: `cut ${features.length} features into clips` }, [
      {
        ...{ runId, takes, milestones },
        featureTakes: Object.fromEntries(features.map(({ id }) => [id, session.takeId])),
      },
    ]),
  );
  return clips;
}
