import { executeChild, isCancellation } from '@temporalio/workflow';
import {
  lookIdOf,
  planIdOf,
  workflowIds,
  WORKFLOW_QUEUES,
  type ComparedSource,
  type FeatureVerdict,
  type FilmRunResult,
  type LookName,
  type Looks,
  type Milestone,
  type PlanRef,
  type ProduceVideoInput,
  type RunFailure,
  type Take,
} from '@showrunner/contracts';
import { exporting } from './activity-options';
import { failureOf } from './failure';
import { childOptions } from './filmed-app';
import type { produceVideo } from './produce-video.workflow';

/** What is cut and rendered of a film once it is compared: what is new, and what looks different, beside how it was. */
export interface ComparedFilm {
  takes: Take[];
  featureTakes: Record<string, string>;
  milestones: Milestone[];
  verdicts: FeatureVerdict[];
}

const SHOWN: readonly FeatureVerdict[] = ['new', 'changed'];
const TELLS: Record<LookName, string> = {
  base: 'looking at the base',
  headAtBase: 'driving the plan at the base',
  baseAtHead: 'driving the plan of the base here',
  again: 'looking again, for what changes by itself',
};

/**
 * Compares a film with the state that its run names: one look after the other, each a run of its own, until it is said what became of each
 * feature. A look that fails is told by its failure, and decides nothing else.
 */
export async function comparedFilm(
  input: ProduceVideoInput & { base: ComparedSource },
  plan: PlanRef,
  film: FilmRunResult,
  tell: (message: string) => Promise<void>,
): Promise<ComparedFilm> {
  const { runId, base, size } = input;
  const looks: Looks = {};
  for (;;) {
    const { next, features } = await exporting.compareStates.executeWithOptions(
      { summary: `compare with ${base.ref}` },
      [{ runId, planId: plan.planId, looks }],
    );
    if (next !== null) {
      await tell(`Comparing with ${base.ref}: ${TELLS[next]}`);
      looks[next] = await look(input, next, plan.planId);
      continue;
    }
    const changed = features.filter(({ verdict }) => verdict === 'changed').map(({ feature }) => feature);
    const baseRunId = (looks.headAtBase ?? looks.base)?.runId;
    const sides =
      changed.length === 0 || baseRunId === undefined
        ? null
        : await exporting.composeSides.executeWithOptions({ summary: 'before and after side by side' }, [
            { runId, baseRunId, features: changed, size },
          ]);
    return shownOf(film, features, sides);
  }
}

function shownOf(
  film: FilmRunResult,
  features: readonly { feature: string; verdict: FeatureVerdict }[],
  sides: { take: Take; milestones: Milestone[] } | null,
): ComparedFilm {
  const shown = new Set(
    features.filter(({ verdict }) => SHOWN.includes(verdict)).map(({ feature }) => feature),
  );
  const verdicts = features.map(({ verdict }) => verdict);
  const isShown = ({ feature }: Milestone): boolean => shown.has(feature);
  const { takes, featureTakes } = film;
  if (sides === null) return { takes, featureTakes, verdicts, milestones: film.milestones.filter(isShown) };
  const beside = new Map(sides.milestones.map(({ feature }) => [feature, sides.take.takeId]));
  // In the order of the plan, which is that in which things are told.
  const milestones = film.milestones
    .filter(isShown)
    .flatMap((one) =>
      beside.has(one.feature)
        ? sides.milestones.filter(({ feature, kind }) => feature === one.feature && kind === one.kind)
        : [one],
    );
  return {
    ...{ verdicts, milestones, takes: [...takes, sides.take] },
    featureTakes: { ...featureTakes, ...Object.fromEntries(beside) },
  };
}

/** Takes one look: a run with its own sandbox, plan or pinned plan, whose pictures are kept where they are compared. */
async function look(
  { base, keepSandbox: _keep, planId: _plan, ...input }: ProduceVideoInput & { base: ComparedSource },
  name: LookName,
  planId: string,
): Promise<{ runId: string; failure?: RunFailure }> {
  const runId = lookIdOf(input.runId, name);
  const isAtBase = name === 'base' || name === 'headAtBase';
  const baseRun = lookIdOf(input.runId, 'base');
  const pinned = {
    ...{ base: {}, headAtBase: { planId, checkOf: input.runId }, again: { planId, checkOf: input.runId } },
    baseAtHead: { planId: planIdOf(baseRun), checkOf: baseRun },
  }[name];
  const args: ProduceVideoInput = {
    ...input,
    ...(isAtBase && { projectId: base.projectId, source: base.source }),
    ...pinned,
    runId,
    pace: name === 'baseAtHead' ? 'none' : input.pace,
    keepSandbox: false,
    look: { of: input.runId, isRecorded: name !== 'baseAtHead' },
  };
  try {
    await executeChild<typeof produceVideo>('produceVideo', {
      ...childOptions(args),
      workflowId: workflowIds.run(runId),
      taskQueue: WORKFLOW_QUEUES.produceVideo,
      staticSummary: `${name} of run ${input.runId}`,
      args: [args],
    });
    return { runId };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { runId, failure: failureOf(error, 'compare') };
  }
}

/** What is said of a run once it is compared, and of one in which nothing is to be shown. */
export const comparedMessage = (
  { ref }: Pick<ComparedSource, 'ref'>,
  verdicts: readonly FeatureVerdict[],
): string => {
  const counted = (['new', 'changed', 'broken', 'removed'] as const).flatMap((verdict) => {
    const number = verdicts.filter((one) => one === verdict).length;
    return number === 0 ? [] : [`${number} ${verdict}`];
  });
  return counted.length === 0
    ? `Nothing that was looked at is different from ${ref}`
    : `Compared with ${ref}: ${counted.join(', ')}`;
};
