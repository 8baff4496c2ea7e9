import type { Candidate, Exploration, Proposal } from '@showrunner/contracts';
import type { Guard } from '../guard';
import { ownCandidate } from './own-candidate';
import type { PlannedFeature } from './plan-answer';
import type { PlanPrompt } from './plan-prompt';
import { titleWorthSaying, worthSaying } from './worth-saying';

/** What a plan is held against. */
export interface PlanContext {
  exploration: Exploration;
  proposal: Proposal;
  guard: Guard;
}

/** One feature that a model planned, as a candidate: one of those it was offered, or one of its own; or in words why it cannot be. */
export function candidateOf(
  planned: PlannedFeature,
  prompt: PlanPrompt,
  { exploration, proposal, guard }: PlanContext,
): { candidate: Candidate } | { wrong: string } {
  const { part: at } = planned;
  const part = at === null || proposal.intentParts?.[at - 1] === undefined ? undefined : at - 1;
  if (planned.candidate === null) {
    const made = ownCandidate(planned, prompt, { exploration, guard, intent: proposal.intent });
    return 'wrong' in made ? made : { candidate: { ...made.candidate, part } };
  }
  const offered = prompt.candidates.get(planned.candidate);
  if (offered === undefined) return { wrong: 'it is none of the candidates' };
  const { feature, words } = offered;
  const about = [feature.title, ...words, ...feature.steps.map(({ caption }) => caption)];
  const title = titleWorthSaying(planned.title, 80, about) ?? feature.title;
  const description = worthSaying(planned.description, 200, []) ?? feature.description;
  return {
    candidate: {
      ...{ ...offered, part: part ?? offered.part, words: [...words, title] },
      feature: { ...feature, title, description },
    },
  };
}
