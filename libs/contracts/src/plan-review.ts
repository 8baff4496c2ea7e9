import { z } from 'zod';
import { FeatureSchema } from './plan';

/** How long a plan waits for somebody's word when nothing else is said, minutes. */
export const DEFAULT_REVIEW_MINUTES = 15;
/** A sandbox and a place in the queue are held meanwhile. */
const MAX_REVIEW_MINUTES = 60;

/** Of `POST /api/runs`: whether somebody looks at the plan before it is fixed. */
export const ReviewMinutesSchema = z
  .number()
  .int()
  .min(1)
  .max(MAX_REVIEW_MINUTES)
  .default(DEFAULT_REVIEW_MINUTES);

export const PROPOSED_FEATURE = FeatureSchema.pick({ id: true, kind: true, title: true, description: true });
export type ProposedFeature = z.infer<typeof PROPOSED_FEATURE>;

/** A plan that somebody looks at before it is fixed. */
export const PlanReviewSchema = z.object({
  /**
   * `asked`: there is nothing to look at yet; `open`: the run waits; then how it went on: as proposed because somebody said so, changed, or as
   * proposed because nobody said anything.
   */
  state: z.enum(['asked', 'open', 'accepted', 'changed', 'expired']),
  minutes: z.number(),
  /** When the run goes on by itself; null before there is something to look at. */
  deadline: z.string().nullable(),
  /** What is proposed, in the order of the film; once the plan is fixed, what it has. */
  features: z.array(PROPOSED_FEATURE),
});
export type PlanReview = z.infer<typeof PlanReviewSchema>;

/** Body of `POST /api/runs/{id}/review`: ids of the features that are filmed, in this order; what is left out is dropped. All as proposed without. */
export const ReviewPlanSchema = z
  .object({
    features: z
      .array(FeatureSchema.shape.id)
      .min(1)
      .max(20)
      .refine((ids) => new Set(ids).size === ids.length, 'must name each feature once')
      .meta({ uniqueItems: true })
      .optional(),
  })
  .strict();
export type ReviewPlan = z.infer<typeof ReviewPlanSchema>;
