import { Context } from '@temporalio/activity';
import { ruleDecider } from '@showrunner/browser';
import type { Planner } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { modelDecider, modelPlanner } from '@showrunner/llm';
import type { CallPurpose, Guard, Patience } from '@showrunner/llm';
import { forbiddenKind, leavesApp, rulePlanner } from '@showrunner/planner';
import { alwaysBy } from '../agent';
import type { StepDecider } from '../agent';
import { keptDecisions, learnFrom } from './kept-decisions';
import type { Models } from './open-models';
import { storedLedger } from './stored-ledger';

/** The rules' own words of what must not be touched. */
const GUARD: Guard = {
  isForbidden: (name, permittedBy) => forbiddenKind(name, permittedBy) !== undefined,
  leavesApp,
};

/** Attempts in which a busy model is waited for, below those of the activities. */
const ATTEMPTS = 3;
/** Below the longest time of the activities, with room for looking at pages and storing. */
const PLANNING_MS = 4 * 60_000;
const STEP_MS = 45_000;
/** While a film is recorded nobody waits longer for one answer, or rests longer before the next try. */
const STEP_ANSWER_MS = 15_000;
const STEP_REST_MS = 10_000;

/** Who plans a run and decides its steps: models where they are set up, else rules. */
export interface ModelPorts {
  plannerFor(runId: string): Planner;
  decider: StepDecider;
}

export function modelPorts(
  models: Models | undefined,
  database: Database,
  activity: { signal: () => AbortSignal; attempt: () => number } = OF_TEMPORAL,
): ModelPorts {
  if (models === undefined) return { plannerFor: () => rulePlanner, decider: alwaysBy(ruleDecider) };
  const { clients, prices, limit, pictures, timeoutMs, maxWaitMs } = models;
  const patience = (runId: string, purpose: CallPurpose, bounds: Bounds): Patience => ({
    ...{ signal: activity.signal(), attempt: activity.attempt(), attempts: ATTEMPTS, now: Date.now },
    ...{ ledger: storedLedger(database, { runId }, limit), purpose, prices },
    ...bounds,
  });
  return {
    plannerFor: (runId) =>
      modelPlanner({
        ...{ clients, rules: rulePlanner, guard: GUARD },
        patience: patience(runId, { purpose: 'plan' }, { timeoutMs, maxWaitMs, budgetMs: PLANNING_MS }),
      }),
    decider: {
      of: ({ runId, feature, stepIndex }) =>
        modelDecider({
          ...{ clients, guard: GUARD, cache: keptDecisions(database, runId), pictures },
          patience: patience(
            runId,
            { purpose: 'step', feature: feature.id, step: stepIndex },
            {
              timeoutMs: Math.min(timeoutMs, STEP_ANSWER_MS),
              maxWaitMs: Math.min(maxWaitMs, STEP_REST_MS),
              budgetMs: STEP_MS,
            },
          ),
          now: () => new Date(),
        }),
      performed: (step, decision, record) => learnFrom(database, step, decision, record),
    },
  };
}

type Bounds = Pick<Patience, 'timeoutMs' | 'maxWaitMs' | 'budgetMs'>;

const OF_TEMPORAL = {
  signal: () => Context.current().cancellationSignal,
  attempt: () => Context.current().info.attempt,
};
