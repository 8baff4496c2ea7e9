import { defineQuery, defineSignal } from '@temporalio/workflow';
import { QUERIES, SIGNALS } from '@showrunner/contracts';
import type { FilmRunResult, SessionState } from '@showrunner/contracts';

/** Stop at the next safe point and keep what exists. */
export const cancelSignal = defineSignal(SIGNALS.cancel);
/** Stop now: browser and sandbox die at once. */
export const killSignal = defineSignal(SIGNALS.kill);
/** Its sandbox costs more than it may: like a kill, and the run fails with `budget_exceeded`. */
export const budgetSignal = defineSignal(SIGNALS.budget);
/** A film that ends as cancelled tells its run before what it has. */
export const filmedSignal = defineSignal<[FilmRunResult]>('filmed');
export const stateQuery = defineQuery<SessionState>(QUERIES.state);

export type Stopped = 'no' | 'cancelled' | 'killed';
