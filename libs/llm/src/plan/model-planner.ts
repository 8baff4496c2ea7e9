import { AppError } from '@showrunner/contracts';
import type { Candidate, Planner, Proposal } from '@showrunner/contracts';
import { askModels } from '../ask/ask-models';
import type { Patience } from '../ask/ask-models';
import type { Guard } from '../guard';
import { nameOf } from '../model.types';
import type { ModelClient } from '../model.types';
import { asAnswers } from './answer-intent';
import { candidateOf } from './planned-candidate';
import type { PlanContext } from './planned-candidate';
import { PlanAnswerSchema } from './plan-answer';
import type { PlanAnswer } from './plan-answer';
import { planPrompt } from './plan-prompt';
import type { PlanPrompt } from './plan-prompt';
import { loadTokenizer } from '../prompts/tokens';
import { priceOf } from '../spend/prices';
import { inOrder } from './prerequisites';
import { titleWorthSaying } from './worth-saying';

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
      await loadTokenizer();
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
          notes: [
            ...(proposal.notes ?? []),
            ...notes.map((note) => `${note} ${model} was asked instead.`),
            ...unknownPrices(clients, patience),
            ...unknownPrices(clients, patience),
          ],
        };
      } catch (error) {
        if (!(error instanceof AppError) || error.retryable) throw error;
        return byRules(error.message);
      }
    },
  };
}

const unknownPrices = (clients: readonly ModelClient[], { prices }: Patience): string[] =>
  clients
    .filter((client) => priceOf(client, prices) === null)
    .map(
      (client) =>
        `The price of ${nameOf(client)} is not known, so that its costs are not counted, only its tokens; LLM_PRICES says it.`,
    );

const nameWith = (model: string, rules: Planner): string => `${model}+${rules.name}`.slice(0, 100);

type Made = Pick<Proposal, 'candidates' | 'reserves' | 'rejected' | 'intentParts'>;

/** What the model planned, as far as it can be carried out; what cannot is told. */
function merged(answer: PlanAnswer, prompt: PlanPrompt, context: PlanContext): Made {
  const { proposal } = context;
  const rejected = [...proposal.rejected];
  const chosen: Candidate[] = [];
  for (const planned of answer.features) {
    const made = candidateOf(planned, prompt, context);
    if ('wrong' in made)
      rejected.push({
        title: titleWorthSaying(planned.title, 80, []) ?? 'A feature',
        reason: `The model planned it, but ${made.wrong}.`,
      });
    else if (!chosen.some(({ feature }) => feature.id === made.candidate.feature.id))
      chosen.push(made.candidate);
  }
  const planned = { ...proposal, rejected };
  return proposal.intentParts === undefined ? asTour(chosen, planned) : asAnswers(chosen, planned);
}

/** A film without an intent: what the model chose, and behind it what the rules would have shown. */
function asTour(chosen: readonly Candidate[], { candidates, reserves, rejected }: Proposal): Made {
  if (chosen.length === 0) return { candidates: [], reserves: [], rejected };
  const offered = [...candidates, ...reserves];
  const ordered = inOrder(chosen, offered);
  const isLeft = (one: Candidate): boolean => !ordered.some(({ feature }) => feature.id === one.feature.id);
  return { candidates: ordered, reserves: offered.filter(isLeft), rejected };
}
