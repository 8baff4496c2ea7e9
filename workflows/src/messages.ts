import { defineQuery, defineSignal } from '@temporalio/workflow';
import { QUERIES, SIGNALS } from '@showrunner/contracts';
import type { SessionState } from '@showrunner/contracts';

/** Stop at the next safe point and keep what exists. */
export const cancelSignal = defineSignal(SIGNALS.cancel);
/** Stop now: browser and sandbox die at once. */
export const killSignal = defineSignal(SIGNALS.kill);
/** Its sandbox costs more than it may: like a kill, and the run fails with `budget_exceeded`. */
export const budgetSignal = defineSignal(SIGNALS.budget);
export const stateQuery = defineQuery<SessionState>(QUERIES.state);

export type Stopped = 'no' | 'cancelled' | 'killed';
