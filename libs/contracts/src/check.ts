import { z } from 'zod';

/** Body of `POST /api/runs/{id}/checks`. */
export const CreateCheckSchema = z.object({
  /** Branch, tag or commit of the run's repository to check; its own without one. */
  against: z.string().min(1).max(255).optional(),
  /** A project whose source is checked instead: a folder or an archive that was uploaded anew. */
  projectId: z.string().optional(),
});
export type CreateCheck = z.infer<typeof CreateCheckSchema>;

/**
 * What became of a step since the run that is checked. `same`: it works, on the same target. `healed`: it works on another one. `refuted`: it was done
 * and did not bring about what it did. `missing`: what it acts on is not there. `notReached`: a step before it failed. `worksNow`: it did not
 * work then. `stillFails`: neither then nor now.
 */
export const StepChangeSchema = z.enum([
  'same',
  'healed',
  'refuted',
  'missing',
  'notReached',
  'worksNow',
  'stillFails',
]);
export type StepChange = z.infer<typeof StepChangeSchema>;

export const CheckedStepSchema = z.object({
  feature: z.string(),
  featureTitle: z.string(),
  /** 0-based; -1 for the page that the feature starts on. */
  step: z.number().int(),
  caption: z.string(),
  change: StepChangeSchema,
  /** What is different, one sentence; '' when nothing is. */
  reason: z.string(),
  /** How long it took this time. */
  durationMs: z.number().nonnegative(),
});
export type CheckedStep = z.infer<typeof CheckedStepSchema>;

/** Answer of `GET /api/runs/{id}/check`. */
export const CheckReportSchema = z.object({
  /** The run that checked, and the one that it checked. */
  runId: z.string(),
  checkOf: z.string(),
  /** Something that worked no longer does. */
  regressed: z.boolean(),
  /** Why nothing could be checked: the app was not built, or did not start; null otherwise. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  steps: z.array(CheckedStepSchema),
});
export type CheckReport = z.infer<typeof CheckReportSchema>;

/** Whether a step worked in the run that is checked and does not any more. */
export const isRegression = ({ change }: Pick<CheckedStep, 'change'>): boolean =>
  change === 'refuted' || change === 'missing' || change === 'notReached';
