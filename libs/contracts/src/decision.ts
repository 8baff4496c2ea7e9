import { z } from 'zod';
import type { PageSnapshot } from './page';
import { TargetSchema } from './plan';
import type { Step } from './plan';

/** What was decided to act on in one step, by whom and why. Stored with the action, so that a replay needs nobody to decide. */
export const DecisionSchema = z.object({
  /** Who decided, with version: `rules-1`, or a model. */
  by: z.string().min(1).max(100),
  /** `missing`: nothing on the page was taken for the target. `disabled`: it is there and cannot be used. */
  outcome: z.enum(['resolved', 'missing', 'disabled']),
  /** What to act on; null when nothing is, or when the action needs nothing. */
  target: TargetSchema.nullable(),
  /** How sure the decider is, 0 to 1. */
  confidence: z.number().min(0).max(1),
  /** What it rests on, one sentence. */
  evidence: z.string().max(500),
  /** Fingerprint of the page that it was decided on, and when (ISO 8601); of decisions by models. */
  fingerprint: z.string().optional(),
  decidedAt: z.string().optional(),
  /** Decided before for the same step on the same page: nobody was asked. */
  cached: z.literal(true).optional(),
});
export type Decision = z.infer<typeof DecisionSchema>;

/** What a step wants, as far as deciders may know it. */
export type StepToDecide = Pick<Step, 'action' | 'caption'>;

/**
 * Port: says which element of a page a step is to act on. It only looks: asking again repeats nothing. Rules are one implementation, models
 * others. Page content is hostile: what a decider answers is checked against the page before anything is done.
 */
export interface Decider {
  /** Name and version, as in `Decision.by`. */
  readonly name: string;
  /**
   * @param look for deciders that can make something of a picture
   * @throws AppError, retryable when asking again can help
   */
  resolve(page: PageSnapshot, step: StepToDecide, look?: PageLook): Promise<Decision>;
}

/** A closer look at the page that a decider is asked about. */
export interface PageLook {
  /** The window as it is now, JPEG, one pixel a CSS pixel; undefined when it cannot be had. */
  picture(): Promise<Uint8Array | undefined>;
}
