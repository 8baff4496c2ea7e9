import {
  CancellationScope,
  getExternalWorkflowHandle,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import { askedFeatures, buildIdOf, sandboxIdOf, workflowIds } from '@showrunner/contracts';
import type { SignalDefinition } from '@temporalio/workflow';
import type {
  FeatureOutcome,
  FeatureVerdict,
  FilmRunResult,
  Milestone,
  PlanRef,
  ProduceVideoInput,
  ProduceVideoResult,
  RunFailure,
  RunState,
  SandboxRef,
} from '@showrunner/contracts';
import { sandbox, segmentation, state } from './activity-options';
import { comparedFilm, comparedMessage } from './compare-states';
import { checkedMessage, countVerified, doneMessage, keptNotes, nothingShown } from './run-messages';
import { endCancelled } from './ends';
import { failureOf, failWorkflow } from './failure';
import { filmedApp } from './filmed-app';
import type { RunControl } from './filmed-app';
import { OVER_BUDGET } from './over-budget';
import { budgetSignal, cancelSignal, filmedSignal, killSignal, stateQuery } from './messages';
import type { Stopped } from './messages';
import { keepRunning } from './keep-running';
import { rendered } from './rendered';
import { showState } from './search-attributes';
import { timedStages } from './stages';

/**
 * Parent of a run: build, plan unless pinned, film, segment, export, destroy the sandbox. A run that failed ends as Failed, one that was
 * stopped as Cancelled; Temporal's own request to cancel is a cancel at the next safe point.
 */
export async function produceVideo(input: ProduceVideoInput): Promise<ProduceVideoResult> {
  const root = CancellationScope.current();
  // Nothing in here is cancelled but what the run itself cancels.
  return CancellationScope.nonCancellable(() => produceInOrder(input, root));
}

async function produceInOrder(
  input: ProduceVideoInput,
  root: CancellationScope,
): Promise<ProduceVideoResult> {
  const { runId } = input;
  let ref: SandboxRef = { sandboxId: sandboxIdOf(buildIdOf(runId, 1)), provider: input.provider };
  const stages = timedStages(runId);
  const work = new CancellationScope();
  let runState: RunState = 'queued';
  let message = '';
  let stopped: Stopped = 'no';
  let overBudget = false;
  const stop = (): Stopped => stopped;
  let failure: RunFailure | undefined;
  let filmed: FilmRunResult | undefined;

  const enter = async (next: RunState, text: string): Promise<void> => {
    runState = next;
    message = text;
    showState(next, text);
    await state.setRunState({ runId, state: next, message: text });
  };
  const destroy = (): Promise<void> =>
    sandbox.destroySandbox.executeWithOptions({ summary: `destroy ${ref.sandboxId}` }, [ref]);
  // When the film has not begun or has just ended there is nobody to tell; then everything else is cancelled.
  const tellFilm = async (signal: SignalDefinition): Promise<void> => {
    const film = getExternalWorkflowHandle(workflowIds.film(runId));
    try {
      await film.signal(signal);
      await film.cancel();
    } catch {
      work.cancel();
    }
  };

  setHandler(stateQuery, () => ({
    session_id: null,
    current_feature: null,
    step_index: -1,
    browser_session: null,
    run_state: runState,
    message,
  }));
  setHandler(filmedSignal, (result) => {
    filmed = result;
  });
  const cancel = async (): Promise<void> => {
    if (stopped !== 'no' || overBudget) return;
    stopped = 'cancelled';
    if (runState === 'filming') await CancellationScope.nonCancellable(() => tellFilm(cancelSignal));
    else work.cancel();
  };
  setHandler(cancelSignal, cancel);
  root.cancelRequested.catch(cancel);
  const endNow = (): Promise<unknown> =>
    CancellationScope.nonCancellable(() =>
      Promise.all([runState === 'filming' ? tellFilm(killSignal) : undefined, destroy()]),
    );
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

  if (input.look !== undefined) await beginLook(input, input.look.of);
  const run: RunControl = {
    stages,
    enter,
    destroy,
    state: () => runState,
    goesOn: () => stopped === 'no' && !overBudget,
    filmed: () => filmed,
    useSandbox: (next) => {
      ref = next;
    },
  };
  let result: ProduceVideoResult = { state: 'failed', outcomes: [], divergences: [], exportId: null };
  try {
    result = await work.run(() => produce(input, run, () => (overBudget ? 'budget' : stopped)));
    // Somebody stopped the film itself.
    if (stop() === 'no' && (result.state === 'cancelled' || result.state === 'killed'))
      stopped = result.state;
  } catch (error) {
    // A child that was cancelled from outside ends the run with it.
    if (isCancellation(error) && stopped === 'no' && !overBudget) stopped = 'cancelled';
    if (stopped === 'no' && !overBudget) failure = failureOf(error, stages.current());
  } finally {
    const keep = input.keepSandbox && stopped === 'no' && result.state === 'done';
    if (keep) await keepRunning(ref, input);
    else await stages.run('cleanup', destroy);
  }
  if (stopped !== 'no') {
    const how = stop() === 'killed' ? 'Killed' : 'Cancelled';
    await enter(stopped, how);
    return endCancelled(root, how);
  }
  if (result.state === 'done') {
    await enter('done', isCheck(input) ? checkedMessage(result) : doneMessage(input, result));
    return result;
  }
  failure ??= overBudget ? OVER_BUDGET : nothingShown(result);
  const notes = overBudget ? keptNotes(result) : [];
  await state.setRunState({ runId, state: 'failed', message: failure.message, failure, notes });
  showState('failed', failure.message);
  return failWorkflow(failure, result);
}

/** The film of the running app, cut and rendered. */
async function produce(
  input: ProduceVideoInput,
  run: RunControl,
  stopped: () => Stopped | 'budget',
): Promise<ProduceVideoResult> {
  const { plan, film, forkPoint } = await filmedApp(input, run);
  const { base } = input;
  if (base === undefined || film.stopped !== 'no') return finish(input, plan, film, run, stopped);
  // Compared with where both parted, as forges do: what was done at the base since then is nothing that head undoes.
  const source = forkPoint === undefined ? base.source : { ...base.source, commit: forkPoint };
  return finish({ ...input, base: { ...base, source } }, plan, film, run, stopped);
}

/** A run that is for another one alone: neither cut nor rendered. */
const isCheck = ({ checkOf, look }: ProduceVideoInput): boolean =>
  checkOf !== undefined || look !== undefined;

const beginLook = (
  { runId, projectId, pace, planId, checkOf }: ProduceVideoInput,
  of: string,
): Promise<void> =>
  state.beginLook({
    ...{ runId, of, projectId, pace },
    ...(planId !== undefined && { planId }),
    ...(checkOf !== undefined && { checkOf }),
  });

/** Clips, film, result. After a cancel, or once the budget is spent while filming, what exists is kept (actions, clips) and nothing is rendered. */
async function finish(
  input: ProduceVideoInput,
  plan: PlanRef,
  film: FilmRunResult,
  { stages, enter, destroy }: RunControl,
  stopped: () => Stopped | 'budget',
): Promise<ProduceVideoResult> {
  const { runId, base } = input;
  const { outcomes, divergences, limit } = film;
  const { intentParts } = plan;
  const kept = {
    ...{ outcomes, divergences, exportId: null },
    ...(limit && { limit }),
    ...(intentParts && { intentParts }),
  };
  await state.recordOutcomes({ runId, planId: plan.planId, planHash: plan.hash, outcomes, divergences });
  // The budget ends a film like a kill, but nobody wanted it gone.
  const isUnpaid = film.stopped === 'killed' && stopped() === 'budget';
  if (!isUnpaid && (film.stopped === 'killed' || stopped() === 'killed')) return { state: 'killed', ...kept };

  if (isCheck(input)) {
    const isStopped = film.stopped !== 'no' || stopped() === 'cancelled';
    return { state: isStopped ? 'cancelled' : isUnpaid ? 'failed' : 'done', ...kept };
  }

  let shown: Pick<FilmRunResult, 'takes' | 'featureTakes' | 'milestones'> = film;
  let verdicts: FeatureVerdict[] | undefined;
  if (base !== undefined && film.stopped === 'no' && stopped() === 'no' && countVerified(outcomes) > 0) {
    await enter('segmenting', `Comparing with ${base.ref}`);
    // The looks need its place.
    await destroy();
    const compared = await stages.run('compare', () =>
      comparedFilm({ ...input, base }, plan, film, (text) => enter('segmenting', text)),
    );
    shown = compared;
    ({ verdicts } = compared);
    await enter('segmenting', comparedMessage(base, verdicts));
    if (shown.milestones.length === 0) return { state: 'done', ...kept, verdicts };
  }
  const { takes, featureTakes, milestones } = shown;
  if (stopped() === 'no') await enter('segmenting', 'Cutting the clips');
  const { clips } = await stages.run('segment', () =>
    segmentation.segmentTakes.executeWithOptions({ summary: `cut ${takes.length} takes into clips` }, [
      { runId, takes, featureTakes, milestones: milestonesToShow(milestones, plan) },
    ]),
  );
  if (isUnpaid) return { state: 'failed', ...kept };
  if (film.stopped !== 'no' || ['cancelled', 'killed'].includes(stopped()))
    return { state: 'cancelled', ...kept };
  if (clips.length === 0) return { state: 'failed', ...kept };
  if (limit) await noteLimit(runId, limit, outcomes);

  const exportId = await rendered({ input, stages, enter }, 'run', { planId: plan.planId, takes, clips });
  return { state: 'done', ...kept, exportId, ...(verdicts && { verdicts }) };
}

/** What an intent asks for is all that a film shows: what only had to be done before it has no clip. */
function milestonesToShow(milestones: Milestone[], plan: PlanRef): Milestone[] {
  const asked = askedFeatures(plan.intentParts);
  return asked === undefined ? milestones : milestones.filter(({ feature }) => asked.has(feature));
}

/** Who reads the report learns why features are missing, and what would bring them. */
async function noteLimit(runId: string, limit: RunFailure, outcomes: FeatureOutcome[]): Promise<void> {
  const note = `The film ends early: ${limit.message} ${countVerified(outcomes)} of ${outcomes.length} features were proven before. ${limit.remedy ?? ''}`;
  const message = `Rendering what was proven: ${limit.message}`;
  await state.setRunState({ runId, state: 'segmenting', message, notes: [note.trim()] });
}
