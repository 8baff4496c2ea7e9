import type { Candidate, Plan } from '@showrunner/contracts';
import { shorten, stemsOf } from '../words';
import { readIntent } from './read-intent';
import type { IntentPart } from './read-intent';

/** Words that mean the same as a kind's own. */
const KIND_STEMS: Record<Candidate['feature']['kind'], string[]> = {
  create: stemsOf('add create new make write post enter insert'),
  search: stemsOf('search find look'),
  filter: stemsOf('filter narrow category'),
  navigate: stemsOf('navigate go visit browse'),
  toggle: stemsOf('toggle switch check complete mark tick'),
  signIn: stemsOf('sign login log register account'),
  open: stemsOf('open details expand view'),
  calculate: stemsOf('calculate compute sum result'),
  edit: stemsOf('edit change update rename revise'),
};

export interface Choice {
  chosen: Candidate[];
  rejected: Plan['rejected'];
  /** Whether the intent named features; then its order counts. */
  byIntent: boolean;
}

/** Candidates that the intent names, in its order; all of them when it names none. */
export function chooseByIntent(candidates: readonly Candidate[], intent: string): Choice {
  const { parts } = readIntent(intent);
  const chosen: Candidate[] = [];
  const rejected: Plan['rejected'] = [];
  for (const part of parts) {
    const best = bestFor(
      part,
      candidates.filter((one) => !chosen.includes(one)),
    );
    if (best) chosen.push(best);
    else if (!chosen.some((one) => matchScore(part, one) > 0))
      rejected.push({
        title: shorten(part.text, 80),
        reason: 'Nothing in the app was found that fits these words of the intent.',
      });
  }
  return chosen.length === 0
    ? { chosen: [...candidates], rejected, byIntent: false }
    : { chosen: withPrerequisites(chosen, candidates), rejected, byIntent: true };
}

function bestFor(part: IntentPart, candidates: readonly Candidate[]): Candidate | undefined {
  const scored = candidates
    .map((one) => ({ one, score: matchScore(part, one) }))
    .filter(({ score }) => score > 0);
  return [...scored].sort(
    (a, b) =>
      b.score - a.score ||
      b.one.score - a.one.score ||
      a.one.feature.id.localeCompare(b.one.feature.id, 'en'),
  )[0]?.one;
}

const ENDING = new Set(stemsOf('delete remove erase discard logout signout'));

/** Words of the title count most, words of the kind least; words the candidate does not know lower the score. */
function matchScore(part: IntentPart, { feature, words }: Candidate): number {
  const title = new Set(stemsOf(feature.title));
  const known = new Set(words.flatMap(stemsOf));
  const kind = new Set(KIND_STEMS[feature.kind]);
  // Who asks for an end does not mean the beginning of the same thing.
  if (part.stems.some((one) => ENDING.has(one)) && !/^(delete|sign out)\b/i.test(feature.title)) return 0;
  let score = 0;
  for (const stem of part.stems) {
    if (title.has(stem)) score += 3;
    else if (kind.has(stem)) score += 2;
    else if (known.has(stem)) score += 1.5;
  }
  return score / Math.sqrt(part.stems.length + title.size / 4);
}

/** Pages behind a sign-in need it first, whether or not the intent says so. */
function withPrerequisites(chosen: Candidate[], candidates: readonly Candidate[]): Candidate[] {
  const needed = chosen.some((one) => one.needsSignIn)
    ? candidates.filter((one) => one.feature.kind === 'signIn' && !chosen.includes(one))
    : [];
  const signIns = [...needed, ...chosen.filter((one) => one.feature.kind === 'signIn')];
  return [...signIns, ...chosen.filter((one) => one.feature.kind !== 'signIn')];
}
