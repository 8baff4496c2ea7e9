import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { FINISH_SIGNAL, QUERIES, REVIEW_UPDATE, SESSION_UPDATES, SIGNALS } from '@showrunner/contracts';
import type {
  FilmRunResult,
  ManualAction,
  ManualActionOutcome,
  ManualSessionState,
  Mark,
  MarkAnswer,
  PlanReview,
  ReviewPlan,
  SessionState,
} from '@showrunner/contracts';

/** Stop at the next safe point and keep what exists. */
export const cancelSignal = defineSignal(SIGNALS.cancel);
/** Stop now: browser and sandbox die at once. */
export const killSignal = defineSignal(SIGNALS.kill);
/** Its sandbox costs more than it may: like a kill, and the run fails with `budget_exceeded`. */
export const budgetSignal = defineSignal(SIGNALS.budget);
/** A film that ends as cancelled tells its run before what it has. */
export const filmedSignal = defineSignal<[FilmRunResult]>('filmed');
/** Somebody who drives a session has shown what there was to show. */
export const finishSignal = defineSignal(FINISH_SIGNAL);
export const actUpdate = defineUpdate<ManualActionOutcome, [ManualAction]>(SESSION_UPDATES.act);
export const markUpdate = defineUpdate<Omit<MarkAnswer, 'session_id'>, [Mark]>(SESSION_UPDATES.mark);
/** Ids of the features that are filmed, in order; all as proposed without. */
export const reviewUpdate = defineUpdate<PlanReview, [ReviewPlan]>(REVIEW_UPDATE);
export const sessionQuery = defineQuery<ManualSessionState>(QUERIES.session);
export const stateQuery = defineQuery<SessionState>(QUERIES.state);

export type Stopped = 'no' | 'cancelled' | 'killed';
