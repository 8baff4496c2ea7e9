import {
  CancellationScope,
  executeChild,
  getExternalWorkflowHandle,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import { buildIdOf, exportIdOf, sandboxIdOf, workflowIds, WORKFLOW_QUEUES } from '@showrunner/contracts';
import type { SignalDefinition } from '@temporalio/workflow';
import type {
  FeatureOutcome,
  FilmRunResult,
  PlanRef,
  ProduceVideoInput,
  ProduceVideoResult,
  RunFailure,
  RunState,
  SandboxRef,
} from '@showrunner/contracts';
import { sandbox, segmentation, state } from './activity-options';
import { failureOf } from './failure';
import { childOptions, filmedApp } from './filmed-app';
import type { RunControl } from './filmed-app';
import { failOverBudget } from './over-budget';
import { budgetSignal, cancelSignal, killSignal, stateQuery } from './messages';
import type { Stopped } from './messages';
import { keepRunning } from './keep-running';
import { renderExport } from './render-export.workflow';
import { showState } from './search-attributes';
import { timedStages } from './stages';
import type { TimedStages } from './stages';

/** Parent of a run: build, plan unless pinned, film, segment, export, destroy the sandbox. */
export async function produceVideo(input: ProduceVideoInput): Promise<ProduceVideoResult> {
  const { runId } = input;
  let ref: SandboxRef = { sandboxId: sandboxIdOf(buildIdOf(runId, 1)), provider: input.provider };
  const stages = timedStages(runId);
  const work = new CancellationScope();
  let runState: RunState = 'queued';
  let message = '';
  let stopped: Stopped = 'no';
  let overBudget = false;

  const enter = async (next: RunState, text: string): Promise<void> => {
    runState = next;
    message = text;
    showState(next, text);
    await state.setRunState({ runId, state: next, message: text });
  };
  const destroy = (): Promise<void> =>
    sandbox.destroySandbox.executeWithOptions({ summary: `destroy ${ref.sandboxId}` }, [ref]);
  // When the film has not begun or has just ended there is nobody to tell; then everything else is cancelled.
  const tellFilm = (signal: SignalDefinition): Promise<void> =>
    getExternalWorkflowHandle(workflowIds.film(runId))
      .signal(signal)
      .catch(() => work.cancel());

  setHandler(stateQuery, () => ({
    session_id: null,
    current_feature: null,
    step_index: -1,
    browser_session: null,
    run_state: runState,
    message,
  }));
  setHandler(cancelSignal, async () => {
    if (stopped !== 'no') return;
    stopped = 'cancelled';
    if (runState === 'filming') await tellFilm(cancelSignal);
    else work.cancel();
  });
  const endNow = (): Promise<unknown> =>
    Promise.all([
      runState === 'filming' ? tellFilm(killSignal) : undefined,
      CancellationScope.nonCancellable(destroy),
    ]);
  setHandler(killSignal, async () => {
    if (stopped === 'killed') return;
    stopped = 'killed';
    await endNow();
    work.cancel();
  });
  setHandler(budgetSignal, async () => {
    if (stopped !== 'no' || overBudget) return;
    overBudget = true;
    // What costs is the sandbox: once something was filmed, cutting and rendering it go on without.
    const isFilmed = ['filming', 'segmenting', 'exporting'].includes(runState);
    await endNow();
    if (!isFilmed) work.cancel();
  });

  const run: RunControl = {
    stages,
    enter,
    destroy,
    state: () => runState,
    goesOn: () => stopped === 'no' && !overBudget,
    useSandbox: (next) => {
      ref = next;
    },
  };
  let result: ProduceVideoResult = { state: 'failed', outcomes: [], divergences: [], exportId: null };
  try {
    result = await work.run(() => produce(input, run, () => (overBudget ? 'budget' : stopped)));
  } catch (error) {
    // A cancellation from outside (operator, parent) is a cancel, too.
    if (isCancellation(error) && stopped === 'no' && !overBudget) stopped = 'cancelled';
    if (stopped === 'no' && !overBudget) {
      const failure = failureOf(error, stages.current());
      await state.setRunState({ runId, state: 'failed', message: failure.message, failure });
      showState('failed', failure.message);
    }
  } finally {
    const keep = input.keepSandbox && stopped === 'no' && result.state === 'done';
    if (keep) await keepRunning(ref, input);
    else await CancellationScope.nonCancellable(() => stages.run('cleanup', destroy));
  }
  return CancellationScope.nonCancellable(async () => {
    if (stopped !== 'no') {
      await enter(stopped, stopped === 'killed' ? 'Killed' : 'Cancelled');
      return { ...result, state: stopped };
    }
    if (overBudget && result.state !== 'done') return failOverBudget(runId, result);
    if (result.state === 'done') await enter('done', doneMessage(result));
    return result;
  });
}

/** The film of the running app, cut and rendered. */
async function produce(
  input: ProduceVideoInput,
  run: RunControl,
  stopped: () => Stopped | 'budget',
): Promise<ProduceVideoResult> {
  const { plan, film } = await filmedApp(input, run);
  return finish(input, plan, film, run.stages, run.enter, stopped);
}

/** Clips, film, result. After a cancel, or once the budget is spent while filming, what exists is kept (actions, clips) and nothing is rendered. */
async function finish(
  input: ProduceVideoInput,
  plan: PlanRef,
  film: FilmRunResult,
  stages: TimedStages,
  enter: (next: RunState, text: string) => Promise<void>,
  stopped: () => Stopped | 'budget',
): Promise<ProduceVideoResult> {
  const { runId, size } = input;
  const { outcomes, divergences, takes, featureTakes, milestones } = film;
  const { limit } = film;
  const kept = { outcomes, divergences, exportId: null, ...(limit && { limit }) };
  await state.recordOutcomes({ runId, planId: plan.planId, planHash: plan.hash, outcomes, divergences });
  // The budget ends a film like a kill, but nobody wanted it gone.
  const isUnpaid = film.stopped === 'killed' && stopped() === 'budget';
  if (!isUnpaid && (film.stopped === 'killed' || stopped() === 'killed')) return { state: 'killed', ...kept };

  if (stopped() === 'no') await enter('segmenting', 'Cutting the clips');
  const { clips } = await stages.run('segment', () =>
    segmentation.segmentTakes.executeWithOptions({ summary: `cut ${takes.length} takes into clips` }, [
      { runId, takes, featureTakes, milestones },
    ]),
  );
  if (isUnpaid) return { state: 'failed', ...kept };
  if (film.stopped !== 'no' || ['cancelled', 'killed'].includes(stopped()))
    return { state: 'cancelled', ...kept };
  if (clips.length === 0) return failRun(runId, kept);
  if (limit) await noteLimit(runId, limit, outcomes);

  await enter('exporting', `Rendering ${clips.length} clips`);
  const exportId = exportIdOf(runId);
  await stages.run('export', () =>
    executeChild(renderExport, {
      ...childOptions(input),
      workflowId: workflowIds.export(exportId),
      taskQueue: WORKFLOW_QUEUES.renderExport,
      staticSummary: `export of run ${runId}`,
      args: [{ exportId, runId, planId: plan.planId, takes, clips, size }],
    }),
  );
  return { state: 'done', ...kept, exportId };
}

const countVerified = (outcomes: readonly FeatureOutcome[]): number =>
  outcomes.filter((outcome) => outcome.verified).length;

function doneMessage({ outcomes, limit }: ProduceVideoResult): string {
  const done = `${countVerified(outcomes)} features proven and filmed`;
  return limit ? `${done}; the film ends early: ${limit.message}` : done;
}

/** Who reads the report learns why features are missing, and what would bring them. */
async function noteLimit(runId: string, limit: RunFailure, outcomes: FeatureOutcome[]): Promise<void> {
  const note = `The film ends early: ${limit.message} ${countVerified(outcomes)} of ${outcomes.length} features were proven before. ${limit.remedy ?? ''}`;
  const message = `Rendering what was proven: ${limit.message}`;
  await state.setRunState({ runId, state: 'segmenting', message, notes: [note.trim()] });
}

async function failRun(runId: string, kept: Omit<ProduceVideoResult, 'state'>): Promise<ProduceVideoResult> {
  const { limit } = kept;
  const reasons = kept.outcomes
    .map((outcome) => `${outcome.title}: ${outcome.reason ?? 'not proven'}`)
    .join('; ');
  const failure = limit ?? {
    code: 'no_feature_proven',
    message: `None of the planned features could be proven. ${reasons}`,
    stage: 'filming',
    remedy: 'Say with --intent what to show, or look at actions.jsonl for what was tried.',
  };
  await state.setRunState({ runId, state: 'failed', message: failure.message, failure });
  showState('failed', failure.message);
  return { state: 'failed', ...kept };
}
