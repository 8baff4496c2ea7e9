import type { Feature } from '@showrunner/contracts';
import { wordsOf } from './changes';
import { namesOfStep } from './match-features';
import type { DrivenPlan, VerdictInput } from './verdicts';

/** A feature that works at base and cannot be proven at head. */
export interface LostFeature {
  feature: Feature;
  verdict: 'broken' | 'removed';
  reason: string;
  /** The step that failed at head, -1 for the page that it starts on. */
  step: number;
  /** What it acts on is not there. */
  isMissing: boolean;
}

/**
 * Features of the plan of base that head has lost. What the source no longer names was removed on purpose; anything else is broken. A feature that
 * needs what an earlier one makes is lost with it, and counts as that one does.
 * @param isKnown whether the plan of head shows the same: then that says what became of it
 */
export function lostFeatures(
  { base, baseAtHead, changes }: Pick<VerdictInput, 'base' | 'baseAtHead' | 'changes'>,
  isKnown: (feature: Feature) => boolean,
): { lost: LostFeature[]; notes: string[] } {
  const lost: LostFeature[] = [];
  const notes: string[] = [];
  if (base === null || baseAtHead === null) return { lost, notes };
  const works = (driven: DrivenPlan, id: string): boolean =>
    driven.outcomes.some(({ feature, verified }) => feature === id && verified);
  for (const [at, feature] of base.features.entries()) {
    if (isKnown(feature) || !works(base, feature.id) || works(baseAtHead, feature.id)) continue;
    const last = baseAtHead.actions.filter((one) => one.feature === feature.id).at(-1);
    if (last === undefined) {
      notes.push(`“${feature.title}” works at base and was not reached at head.`);
      continue;
    }
    const isMissing = last.step < 0 || (last.decision !== undefined && last.decision.outcome !== 'resolved');
    const cause = lost.find((one) => needs(feature, last.step, one, base.features[at - 1]?.id));
    const verdict =
      cause?.verdict ?? (isMissing && wasTakenOut(feature, last.step, changes) ? 'removed' : 'broken');
    const said = last.error ?? 'The success condition did not hold.';
    const reason = cause === undefined ? said : `It needs “${cause.feature.title}”. ${said}`;
    lost.push({ feature, verdict, reason, step: last.step, isMissing });
  }
  return { lost, notes };
}

/** Whether a feature goes on where a lost one would have ended, or acts on what that one would have made. */
function needs(feature: Feature, step: number, { feature: other }: LostFeature, previous?: string): boolean {
  if (feature.startPath === null && previous === other.id) return true;
  const made = other.steps.flatMap(({ action }) =>
    action.type === 'type' && action.text.trim().length >= 3 ? [action.text.trim()] : [],
  );
  const action = feature.steps[step]?.action;
  const within = action !== undefined && 'target' in action ? [action.target?.within?.name ?? ''] : [];
  return [...namesOfStep(feature, step), ...within].some((name) => made.some((text) => name.includes(text)));
}

/** Whether most words of what a step acts on stand in lines that were removed and in none that was added. */
export function wasTakenOut(feature: Feature, step: number, changes: VerdictInput['changes']): boolean {
  if (changes === null) return false;
  const [removed, added] = [new Set(changes.removed), new Set(changes.added)];
  return namesOfStep(feature, step).some((name) => {
    const words = wordsOf(name);
    const gone = words.filter((word) => removed.has(word) && !added.has(word));
    return gone.length > 0 && gone.length * 2 >= words.length;
  });
}
