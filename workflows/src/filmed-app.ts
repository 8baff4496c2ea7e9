import {
  ChildWorkflowCancellationType,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  upsertMemo,
} from '@temporalio/workflow';
import { buildIdOf, sandboxIdOf, workflowIds, WORKFLOW_QUEUES } from '@showrunner/contracts';
import type {
  BuildProjectResult,
  FilmRunResult,
  PlanRef,
  ProduceVideoInput,
  RunState,
  SandboxRef,
} from '@showrunner/contracts';
import { state } from './activity-options';
import { buildProject } from './build-project.workflow';
import { choosePlan } from './choose-plan';
import { isSandboxLost } from './failure';
import { filmRun } from './film-run.workflow';
import { attributesOf } from './search-attributes';
import type { TimedStages } from './stages';
import { waitForPlace } from './wait-for-place';

/** What the stages of a run may ask of it. */
export interface RunControl {
  stages: TimedStages;
  enter(next: RunState, text: string): Promise<void>;
  state(): RunState;
  /** False once somebody or the budget has stopped the run. */
  goesOn(): boolean;
  /** What a film that was stopped told of itself before it ended. */
  filmed(): FilmRunResult | undefined;
  /** From now on this is the run's sandbox: the one that is destroyed with it. */
  useSandbox(ref: SandboxRef): void;
  /** Destroys the run's sandbox, or what is left of it. */
  destroy(): Promise<void>;
}

/** What all children of a run have in common: found by the same attributes, asked to stop with their parent, and waited for. */
export const childOptions = (input: Pick<ProduceVideoInput, 'runId' | 'projectId' | 'provider'>) => ({
  typedSearchAttributes: attributesOf(input),
  parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
  cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** Films that a run may begin, each in a sandbox of its own: when the second dies, too, the app or the machine is to blame. */
const MOST_FILMS = 2;

/**
 * Builds, plans unless that is done, films. When the sandbox dies meanwhile and the setting is `reacquire`, the app is built once more in
 * another one and the same plan is filmed from its first feature.
 */
export async function filmedApp(
  input: ProduceVideoInput,
  run: RunControl,
): Promise<{ plan: PlanRef; film: FilmRunResult; forkPoint?: string }> {
  let plan: PlanRef | undefined;
  for (let film = 1; ; film += 1) {
    try {
      const buildId = buildIdOf(input.runId, film);
      const build = await builtApp(input, run, buildId, film);
      // The memo was written when the run was started, with the first one's.
      if (film > 1) upsertMemo({ preview: build.app.previewUrl });
      plan ??= await choosePlan(input, { buildId, build, film }, run.stages, run.enter);
      const { forkPoint } = build;
      const made = await filmed(input, run, { buildId, build, plan, film });
      return { plan, film: made, ...(forkPoint !== undefined && { forkPoint }) };
    } catch (error) {
      const again = input.onSandboxLost === 'reacquire' && film < MOST_FILMS && isSandboxLost(error);
      if (!again || !run.goesOn()) throw error;
      await giveUpSandbox(input.runId, run, plan !== undefined);
    }
  }
}

async function giveUpSandbox(runId: string, run: RunControl, isPlanned: boolean): Promise<void> {
  const note = isPlanned
    ? 'The sandbox died. The app is built again in another one, and the same plan filmed from its first feature.'
    : 'The sandbox died before there was a plan. The app is built again in another one.';
  await state.setRunState({
    runId,
    state: run.state(),
    message: 'The sandbox died, making another one',
    notes: [note],
  });
  await run.destroy();
  run.stages.nextFilm();
}

/** The app of a run, built in a sandbox of its own once there is a place for it. */
export async function builtApp(
  input: Pick<
    ProduceVideoInput,
    'runId' | 'projectId' | 'source' | 'overrides' | 'provider' | 'limits' | 'base'
  >,
  run: Pick<RunControl, 'stages' | 'enter' | 'state' | 'useSandbox'>,
  buildId: string,
  film: number,
): Promise<BuildProjectResult> {
  const { runId, projectId, source, overrides, provider, limits } = input;
  const sandboxId = sandboxIdOf(buildId);
  run.useSandbox({ sandboxId, provider });
  await state.setRunBuild({ runId, buildId, sandboxId });
  // The state of a run only moves forward: one that was filming is, for those who look, still in that stage.
  await waitForPlace({ buildId, projectId, runId, provider, limits }, run.stages, (message) =>
    run.enter(run.state(), message),
  );
  if (film === 1) await run.enter('building', 'Building the app');
  else await run.enter(run.state(), 'Building the app again, in another sandbox');
  return executeChild(buildProject, {
    ...childOptions(input),
    workflowId: workflowIds.build(buildId),
    taskQueue: WORKFLOW_QUEUES.buildProject,
    staticSummary: 'source to running sandbox',
    args: [
      {
        ...{ buildId, projectId, runId, source, overrides, provider, limits },
        ...(film > 1 && { film }),
        ...changesSince(input),
      },
    ],
  });
}

/** Uploads have no history. A look compares nothing itself. */
const changesSince = ({
  base,
  source,
}: Pick<ProduceVideoInput, 'base' | 'source'>): { changesSince?: string } =>
  base?.source.kind === 'git' && source.kind === 'git' ? { changesSince: base.ref } : {};

async function filmed(
  input: ProduceVideoInput,
  run: RunControl,
  made: { buildId: string; build: BuildProjectResult; plan: PlanRef; film: number },
): Promise<FilmRunResult> {
  const { runId, projectId, size, pace, recorded, checkOf, look } = input;
  const isUnseen = look === undefined ? checkOf !== undefined : !look.isRecorded;
  const { buildId, build, plan, film } = made;
  const { sandboxId, provider, app, buildSpec } = build;
  await run.enter('filming', `${isUnseen ? 'Checking' : 'Filming'} ${plan.features.length} features`);
  const childFilm = (): Promise<FilmRunResult> =>
    executeChild(filmRun, {
      ...childOptions(input),
      workflowId: workflowIds.film(runId),
      taskQueue: WORKFLOW_QUEUES.filmRun,
      staticSummary: plan.features
        .map((feature) => feature.title)
        .join(' · ')
        .slice(0, 200),
      args: [
        {
          ...{
            runId,
            film,
            projectId,
            sandbox: { sandboxId, provider },
            buildId,
            buildSpec,
            app,
            plan,
            size,
            pace,
          },
          recorded,
          ...(isUnseen && { check: true as const }),
        },
      ],
    });
  return run.stages.run('film', async () => {
    try {
      return await childFilm();
    } catch (error) {
      const kept = run.filmed();
      if (isCancellation(error) && kept !== undefined) return kept;
      throw error;
    }
  });
}
