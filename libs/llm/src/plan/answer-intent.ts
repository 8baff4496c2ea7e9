import type { Candidate, Proposal } from '@showrunner/contracts';
import { inOrder } from './prerequisites';
import { speaksOf } from './worth-saying';

/**
 * A film of an intent: for each of its parts what the model chose, where that speaks of the part at all, else what the rules chose. What the rules chose is kept behind
 * it, so that a part is never shown less than by rules alone; and a page that talks a model into something else does not get it into the film.
 */
export function asAnswers(
  chosen: readonly Candidate[],
  proposal: Proposal,
): Pick<Proposal, 'candidates' | 'reserves' | 'rejected' | 'intentParts'> {
  const offered = [...proposal.candidates, ...proposal.reserves];
  const rejected = [...proposal.rejected];
  const reserves = [...proposal.reserves];
  const answers: Candidate[] = [];
  const parts = (proposal.intentParts ?? []).map((part, at) => {
    const byRules = proposal.candidates.filter((one) => one.part === at);
    const byModel = chosen.filter(
      (one) => one.part === at && (isOneOf(one, byRules) || speaksOf(one, part.text)),
    );
    const [best, ...others] = byModel.length > 0 ? byModel : byRules;
    if (best === undefined) return part;
    answers.push(best);
    reserves.unshift(...[...others, ...byRules].filter((one) => !isOneOf(one, [best])));
    return { ...part, reason: undefined };
  });
  const isAnswered = (title: string): boolean =>
    parts.some(({ text, reason }) => reason === undefined && sameStart(title, text)) &&
    !proposal.intentParts?.some(({ text, reason }) => reason === undefined && sameStart(title, text));
  const needed = proposal.candidates.filter((one) => one.part === undefined);
  const candidates = inOrder([...needed, ...answers], offered);
  return {
    candidates,
    reserves: unique(reserves).filter((one) => !isOneOf(one, candidates)),
    rejected: rejected.filter(({ title }) => !isAnswered(title)),
    intentParts: parts,
  };
}

const isOneOf = (one: Candidate, others: readonly Candidate[]): boolean =>
  others.some(({ feature }) => feature.id === one.feature.id);

const unique = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter((one, at) => !isOneOf(one, candidates.slice(0, at)));

/** The rules tell a part that they found nothing for under its beginning. */
const sameStart = (title: string, text: string): boolean => {
  const start = title.replace(/\u2026$/, '').trim();
  return start !== '' && text.startsWith(start);
};
