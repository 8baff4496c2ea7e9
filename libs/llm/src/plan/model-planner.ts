import { AppError } from '@showrunner/contracts';
import type { Candidate, Exploration, Planner, Proposal } from '@showrunner/contracts';
import { askModels } from '../ask/ask-models';
import type { Patience } from '../ask/ask-models';
import type { Guard } from '../guard';
import { nameOf } from '../model.types';
import type { ModelClient } from '../model.types';
import { ownCandidate } from './own-candidate';
import { PlanAnswerSchema } from './plan-answer';
import type { PlanAnswer, PlannedFeature } from './plan-answer';
import { planPrompt } from './plan-prompt';
import type { PlanPrompt } from './plan-prompt';
import { inOrder } from './prerequisites';
import { titleWorthSaying, worthSaying } from './worth-saying';

/** A plan is some thousand characters; the rest is for models that think first. */
const MOST_OUTPUT_TOKENS = 10_000;

export interface ModelPlannerOptions {
  clients: readonly ModelClient[];
  /** Who proposes what can be carried out, and goes on where a model cannot. */
  rules: Planner;
  guard: Guard;
  patience: Patience;
}

/**
 * Lets a model choose, order and title what the rules found, and add what they did not see. What it names has to be on an explored page, what it may do is what
 * steps can do; everything is rehearsed as if the rules had said it. Where no model answers, the rules' proposal stands and says so.
 */
export function modelPlanner({ clients, rules, guard, patience }: ModelPlannerOptions): Planner {
  const [first] = clients;
  return {
    name: first === undefined ? rules.name : nameWith(nameOf(first), rules),
    proposeSteps: (candidate, page) => rules.proposeSteps(candidate, page),
    proposeFollowUps: (page, made, intent) => rules.proposeFollowUps(page, made, intent),
    async propose(exploration, intent): Promise<Proposal> {
      const proposal = await rules.propose(exploration, intent);
      const prompt = planPrompt(exploration, proposal, guard);
      const byRules = (why: string): Proposal => ({
        ...proposal,
        notes: [...(proposal.notes ?? []), `${why} The plan was made by rules.`],
      });
      if (prompt.pages.size === 0 && prompt.candidates.size === 0) return proposal;
      try {
        const { value, model, notes } = await askModels(
          clients,
          {
            ...{ name: 'film_plan', system: prompt.system, parts: [{ text: prompt.text }] },
            ...{ schema: PlanAnswerSchema, maxOutputTokens: MOST_OUTPUT_TOKENS },
          },
          patience,
        );
        const made = merged(value, prompt, { exploration, proposal, guard });
        if (made.candidates.length === 0) return byRules(`${model} planned nothing that can be shown.`);
        return {
          ...{ planner: nameWith(model, rules), intent, byIntent: proposal.byIntent, ...made },
          notes: [...(proposal.notes ?? []), ...notes.map((note) => `${note} ${model} was asked instead.`)],
        };
      } catch (error) {
        if (!(error instanceof AppError) || error.retryable) throw error;
        return byRules(error.message);
      }
    },
  };
}

const nameWith = (model: string, rules: Planner): string => `${model}+${rules.name}`.slice(0, 100);

interface Context {
  exploration: Exploration;
  proposal: Proposal;
  guard: Guard;
}

/** What the model chose, and behind it, for a film without an intent, what the rules would have shown. */
function merged(
  { features }: PlanAnswer,
  prompt: PlanPrompt,
  context: Context,
): Pick<Proposal, 'candidates' | 'reserves' | 'rejected'> {
  const { proposal } = context;
  const rejected = [...proposal.rejected];
  const chosen: Candidate[] = [];
  for (const planned of features) {
    const made = candidateOf(planned, prompt, context);
    if ('wrong' in made) {
      rejected.push({
        title: titleWorthSaying(planned.title, 80, []) ?? 'A feature',
        reason: `The model planned it, but ${made.wrong}.`,
      });
      continue;
    }
    if (proposal.byIntent && !isAskedFor(made.candidate, proposal)) {
      rejected.push({ title: made.candidate.feature.title, reason: 'The intent does not speak of it.' });
      continue;
    }
    if (!chosen.some(({ feature }) => feature.id === made.candidate.feature.id)) chosen.push(made.candidate);
  }
  const offered = [...proposal.candidates, ...proposal.reserves];
  if (chosen.length === 0) return { candidates: [], reserves: [], rejected };
  const candidates = inOrder(chosen, offered);
  const isLeft = (one: Candidate): boolean =>
    !candidates.some(({ feature }) => feature.id === one.feature.id);
  return {
    candidates,
    reserves: proposal.byIntent ? proposal.reserves.filter(isLeft) : offered.filter(isLeft),
    rejected,
  };
}

/** Where the intent names features, what it has no word of is not what was asked for, whatever a model makes of the page. */
function isAskedFor({ feature, words }: Candidate, { candidates, intent }: Proposal): boolean {
  if (candidates.some((one) => one.feature.id === feature.id)) return true;
  const about = [
    feature.title,
    ...words.filter((one) => one !== intent),
    ...feature.steps.map(({ caption }) => caption),
  ];
  return worthSaying(intent, 2000, about) !== undefined;
}

function candidateOf(
  planned: PlannedFeature,
  prompt: PlanPrompt,
  { exploration, proposal, guard }: Context,
): { candidate: Candidate } | { wrong: string } {
  if (planned.candidate === null)
    return ownCandidate(planned, prompt, { exploration, guard, intent: proposal.intent });
  const offered = prompt.candidates.get(planned.candidate);
  if (offered === undefined) return { wrong: 'it is none of the candidates' };
  const { feature, words } = offered;
  const about = [feature.title, ...words, ...feature.steps.map(({ caption }) => caption)];
  const title = titleWorthSaying(planned.title, 80, about) ?? feature.title;
  const description = worthSaying(planned.description, 200, []) ?? feature.description;
  return { candidate: { ...offered, words: [...words, title], feature: { ...feature, title, description } } };
}
