import type {
  ActionRecord,
  ComparedFeature,
  Feature,
  FeatureOutcome,
  SourceChanges,
  StepDifference,
} from '@showrunner/contracts';
import { lostFeatures } from './lost-features';
import { doesTheSame } from './match-features';
import { renamedFrom } from './renamed';

/** A plan, and what became of it where it was driven. */
export interface DrivenPlan {
  features: readonly Feature[];
  outcomes: readonly FeatureOutcome[];
  actions: readonly Pick<ActionRecord, 'feature' | 'step' | 'verified' | 'decision' | 'error'>[];
}

export interface VerdictInput {
  /** How the base is called. */
  baseName: string;
  /** The plan made at head, driven there. */
  head: DrivenPlan;
  /** The same plan driven at base; null when nothing runs there. */
  headAtBase: DrivenPlan | null;
  /** The plan made at base, driven there; null when there is none. */
  base: DrivenPlan | null;
  /** That plan driven at head; null when that was not needed, since it does the same as the one of head, or was not possible. */
  baseAtHead: DrivenPlan | null;
  /** Settled steps that look different at base and head, noise left out, by feature of the plan of head. */
  differences: ReadonlyMap<string, readonly StepDifference[]>;
  /** What lies between both in the source; null when that is not known. */
  changes: Pick<SourceChanges, 'added' | 'removed'> | null;
  /** Why nothing runs at base; null when something does. */
  baseFailure: { message: string } | null;
}

export interface Verdicts {
  features: Omit<ComparedFeature, 'clip'>[];
  notes: string[];
}

/** What a pull request does to each feature, those of the film first and in its order. Pure. */
export function verdicts(input: VerdictInput): Verdicts {
  const shown = input.head.features.flatMap((feature) => headVerdict(feature, input));
  const known = input.head.features.filter((feature) => isVerified(input.head, feature.id));
  const { lost, notes } = lostFeatures(input, (feature) => known.some((one) => doesTheSame(one, feature)));
  const renamed = new Map<string, string>();
  const isNew = (id: string): boolean =>
    shown.some(({ feature, verdict }) => feature === id && verdict === 'new') && !renamed.has(id);
  const kept = lost.filter(({ feature, ...how }) => {
    const heir = input.head.features.find(
      (one) => isNew(one.id) && renamedFrom(feature, one, how, input.changes),
    );
    if (heir !== undefined) renamed.set(heir.id, feature.title);
    return heir === undefined;
  });
  return {
    features: [
      ...shown.map((one) => {
        const before = renamed.get(one.feature);
        return before === undefined
          ? one
          : { ...one, verdict: 'changed' as const, reason: `At ${input.baseName} it is “${before}”.` };
      }),
      ...kept.map(({ feature, verdict, reason }) => ({
        ...{ feature: feature.id, title: feature.title, verdict, reason, differences: [] },
      })),
    ],
    notes,
  };
}

/** Whether something that worked at base no longer does, other than what was taken out on purpose. */
export const isRegressed = (features: readonly Pick<ComparedFeature, 'verdict'>[]): boolean =>
  features.some(({ verdict }) => verdict === 'broken');

const isVerified = ({ outcomes }: DrivenPlan, id: string): boolean =>
  outcomes.some(({ feature, verified }) => feature === id && verified);

const reasonOf = ({ outcomes }: DrivenPlan, id: string): string =>
  outcomes.find(({ feature }) => feature === id)?.reason ?? 'it was not reached';

function headVerdict(feature: Feature, input: VerdictInput): Omit<ComparedFeature, 'clip'>[] {
  const { head, headAtBase, differences, baseName, baseFailure } = input;
  const { id, title } = feature;
  const one = { feature: id, title, differences: [] };
  const workedAtBase = headAtBase !== null && isVerified(headAtBase, id);
  if (!isVerified(head, id))
    return workedAtBase ? [{ ...one, verdict: 'broken', reason: reasonOf(head, id) }] : [];
  if (headAtBase === null) {
    const reason = baseFailure === null ? '' : `Nothing runs at ${baseName}: ${baseFailure.message}`;
    return [{ ...one, verdict: 'new', reason }];
  }
  if (!workedAtBase)
    return [{ ...one, verdict: 'new', reason: `Not at ${baseName}: ${reasonOf(headAtBase, id)}` }];
  const seen = [...(differences.get(id) ?? [])];
  if (seen.length === 0) return [{ ...one, verdict: 'same', reason: '' }];
  const steps = seen.length === 1 ? '1 step looks' : `${seen.length} steps look`;
  return [{ ...one, verdict: 'changed', reason: `${steps} different.`, differences: seen }];
}
