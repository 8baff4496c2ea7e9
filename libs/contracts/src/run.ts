import { z } from 'zod';
import { IntentPartOutcomeSchema } from './intent-part';
import { ModelUsageSchema, ModelUseSchema } from './model-usage';
import { PlanReviewSchema } from './plan-review';
import { LimitsInForceSchema } from './sandbox';

export const RUN_STATES = [
  'queued',
  'building',
  'planning',
  'filming',
  'segmenting',
  'exporting',
  'done',
  'failed',
  'cancelled',
  'killed',
] as const;
export const RunStateSchema = z.enum(RUN_STATES);
export type RunState = z.infer<typeof RunStateSchema>;
export const TERMINAL_RUN_STATES: readonly RunState[] = ['done', 'failed', 'cancelled', 'killed'];

/** What ends a run before its time: its user, softly or at once, or that its sandboxes cost more than they may. */
export const STOP_REASONS = ['cancel', 'kill', 'budget'] as const;
export const StopReasonSchema = z.enum(STOP_REASONS);
export type StopReason = z.infer<typeof StopReasonSchema>;

export const FrameSizeSchema = z.object({
  width: z.number().int().min(320).max(3840).multipleOf(2),
  height: z.number().int().min(240).max(2160).multipleOf(2),
});
export type FrameSize = z.infer<typeof FrameSizeSchema>;

/** How a film moves: `normal` as a person who shows something, `slow` and `fast` around that, `none` without any pause of a person. */
export const PACES = ['slow', 'normal', 'fast', 'none'] as const;
export const PaceSchema = z.enum(PACES);
export type Pace = z.infer<typeof PaceSchema>;

/** Requirement 4.1, exact shape; readable at any time by the workflow query `state`. */
export const SessionStateSchema = z.object({
  session_id: z.string().nullable(),
  current_feature: z.string().nullable(),
  step_index: z.number().int(),
  browser_session: z.string().nullable(),
  run_state: RunStateSchema,
  message: z.string(),
});
export type SessionState = z.infer<typeof SessionStateSchema>;

export const StageTimingSchema = z.object({
  stage: z.string(),
  /** The film that it belongs to: 1, and one more for each sandbox that died under the films before. */
  film: z.number().int().positive(),
  startedAt: z.string(),
  durationMs: z.number(),
});
export type StageTiming = z.infer<typeof StageTimingSchema>;

export const FeatureOutcomeSchema = z.object({
  feature: z.string(),
  title: z.string(),
  /** All its steps were seen to work. */
  verified: z.boolean(),
  reason: z.string().optional(),
});
export type FeatureOutcome = z.infer<typeof FeatureOutcomeSchema>;

export const RunFailureSchema = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  stage: z.string(),
});
export type RunFailure = z.infer<typeof RunFailureSchema>;

/** Everything `run.json` tells. */
export const RunReportSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  buildId: z.string().nullable(),
  sandboxId: z.string().nullable(),
  state: RunStateSchema,
  message: z.string(),
  intent: z.string(),
  /** What the intent names and what became of it, in its order; empty when it names nothing. */
  intentParts: z.array(IntentPartOutcomeSchema),
  pace: PaceSchema,
  replayOf: z.string().nullable(),
  planHash: z.string().nullable(),
  /** Of a run whose plan somebody looks at before it is fixed; null: nobody asked to. */
  review: PlanReviewSchema.nullish(),
  provider: z.string(),
  limits: LimitsInForceSchema.nullable(),
  stages: z.array(StageTimingSchema),
  /** `proven` says the same as `verified`, for readers of before; it goes with the next release. */
  features: z.array(FeatureOutcomeSchema.extend({ proven: z.boolean() })),
  frames: z
    .object({
      presented: z.number().int(),
      captured: z.number().int(),
      lost: z.number().int(),
      largestGapMs: z.number(),
    })
    .nullable(),
  video: z
    .object({
      storageKey: z.string(),
      durationMs: z.number(),
      bytes: z.number().int(),
      width: z.number().int(),
      height: z.number().int(),
    })
    .nullable(),
  /** Files of its film, each with where it is had; empty before there is one. */
  files: z.array(
    z.object({
      name: z.string(),
      contentType: z.string(),
      bytes: z.number().int(),
      href: z.string(),
    }),
  ),
  /** `modelUsd` is what is known of it; `usage.llm` says whether that is all. */
  costs: z.object({ modelUsd: z.number(), sandboxUsd: z.number() }),
  usage: z.object({
    /** Language models; all zero when none was asked. `by` tells it by purpose, step and model. */
    llm: ModelUsageSchema.extend({ by: z.array(ModelUseSchema) }),
  }),
  divergences: z.array(z.string()),
  failure: RunFailureSchema.nullable(),
  /** Notes worth knowing: limits not enforced, assets that could not be loaded, candidates left out. */
  notes: z.array(z.string()),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type RunReport = z.infer<typeof RunReportSchema>;
