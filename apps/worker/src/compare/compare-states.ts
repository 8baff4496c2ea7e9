import { doesTheSame, isRegressed, planTheSame, verdicts } from '@showrunner/comparison';
import {
  ComparisonSchema,
  NotFoundError,
  storageKeys,
  type ExportActivities,
  type Looks,
  type Plan,
  type RunFailure,
} from '@showrunner/contracts';
import type { CompareDependencies } from './compare.types';
import { drivenRun, type DrivenRun } from './driven-runs';
import { knownChanges } from './known-changes';
import { pictureDifferences } from './picture-differences';
import { withRunFootage } from './run-footage';

/** Stages in which an app runs that shows nothing to plan or to prove: another plan may all the same be driven there. */
const RUNS_ALL_THE_SAME = new Set(['plan', 'film', 'filming']);

/**
 * What a run shows beside the state that it is compared with, as far as the looks that were taken say it. Stored as the run's comparison, which each
 * call writes anew.
 * @throws {NotFoundError} the run is not compared with anything
 */
export async function compareStates(
  deps: CompareDependencies,
  { runId, planId, looks }: Parameters<ExportActivities['compareStates']>[0],
): ReturnType<ExportActivities['compareStates']> {
  const { database, logger } = deps;
  const { compare } = await database.runs.get(runId);
  if (compare === null) throw new NotFoundError('comparison of run', runId);
  if (looks.base === undefined) return { next: 'base', features: [] };
  const plan = (await database.plans.get(planId)).body;
  const head = await drivenRun(database, runId, plan);
  const basePlan = (await database.plans.findByRun(looks.base.runId))?.body ?? null;
  const isSamePlan = basePlan !== null && planTheSame(plan.features, basePlan.features);
  const isBaseDown = looks.base.failure !== undefined && !RUNS_ALL_THE_SAME.has(looks.base.failure.stage);
  if (!isBaseDown && !isSamePlan && looks.headAtBase === undefined)
    return { next: 'headAtBase', features: [] };
  const baseFailure = isBaseDown ? looks.base.failure : looks.headAtBase?.failure;
  const base = basePlan === null ? null : await drivenRun(database, looks.base.runId, basePlan);
  if (baseFailure === undefined && !isSamePlan && looks.baseAtHead === undefined && hasOther(head, base))
    return { next: 'baseAtHead', features: [] };

  const atBase = isSamePlan ? looks.base : looks.headAtBase;
  const headAtBase =
    baseFailure !== undefined || atBase === undefined ? null : await drivenRun(database, atBase.runId, plan);
  const again =
    looks.again === undefined || looks.again.failure !== undefined
      ? null
      : await drivenRun(database, looks.again.runId, plan);
  const differences =
    headAtBase === null
      ? new Map<string, never>()
      : await withRunFootage(deps, (footage) =>
          pictureDifferences(deps, footage, { before: headAtBase, after: head, again }),
        );
  if (differences.size > 0 && looks.again === undefined) return { next: 'again', features: [] };

  const changes = await knownChanges(deps, runId);
  const found = verdicts({
    ...{ baseName: compare.base, head, headAtBase, base, differences, changes },
    baseAtHead: await atHead(deps, looks, basePlan),
    baseFailure: baseFailure ?? null,
  });
  const comparison = ComparisonSchema.parse({
    runId,
    head: { ref: compare.head ?? null, commit: changes?.headCommit ?? null },
    base: {
      ...{ ref: compare.base, commit: changes?.baseCommit ?? null },
      failure: baseFailure === undefined ? null : { code: baseFailure.code, message: baseFailure.message },
    },
    regressed: isRegressed(found.features),
    features: found.features.map((one) => ({ ...one, clip: null })),
    notes: [...found.notes, ...lookNotes(looks)],
  });
  await deps.store.put(storageKeys.comparison(runId), `${JSON.stringify(comparison, null, 2)}\n`);
  const features = comparison.features.map(({ feature, verdict }) => ({ feature, verdict }));
  logger.info({ runId, base: compare.base, features, looks: Object.keys(looks) }, 'compared');
  return { next: null, features };
}

/** Whether the base shows something that the plan of head does not. */
function hasOther(head: DrivenRun, base: DrivenRun | null): boolean {
  const works = ({ outcomes }: DrivenRun, id: string): boolean =>
    outcomes.some(({ feature, verified }) => feature === id && verified);
  return (
    base !== null &&
    base.features.some(
      (feature) =>
        works(base, feature.id) &&
        !head.features.some((one) => works(head, one.id) && doesTheSame(one, feature)),
    )
  );
}

const atHead = (
  { database }: CompareDependencies,
  { baseAtHead }: Looks,
  basePlan: Plan | null,
): Promise<DrivenRun> | null =>
  baseAtHead === undefined || baseAtHead.failure !== undefined || basePlan === null
    ? null
    : drivenRun(database, baseAtHead.runId, basePlan);

/** What could not be looked at, and what is therefore not known. */
function lookNotes({ baseAtHead, again }: Looks): string[] {
  const told = (what: string, failure: RunFailure | undefined): string[] =>
    failure === undefined ? [] : [`${what}: ${failure.message}`];
  return [
    ...told('What the base shows could not be looked for here', baseAtHead?.failure),
    ...told('What changes by itself could not be told apart', again?.failure),
  ];
}
