import { z } from 'zod';
import { ActionRecordSchema, type ActionRecord } from './action';
import type { RunningApp } from './build';
import { EvidenceSchema } from './evidence';
import { FilmAspectSchema, FilmThemeSchema } from './export-output';
import { BuildIdSchema, ProjectIdSchema, SandboxIdSchema } from './ids';
import { ConditionSchema, FEATURE_KINDS, FeatureSchema, type Condition } from './plan';
import { FrameSizeSchema, PaceSchema, RunStateSchema, SessionStateSchema } from './run';
import type { SandboxRef } from './activities';
import { BuildOverridesSchema } from './source';

/** Feature of the actions that no mark surrounds. */
export const UNMARKED = 'unmarked';
/** Why a feature that was marked without a condition is no proof. */
export const CLAIMED =
  'It was marked as a success without a condition that could be looked at, so it is claimed and not proven.';
/** Most features of a plan, and so of a session. */
export const MOST_MARKED_FEATURES = 20;

/**
 * Body of `POST /api/sessions`: a browser on the app of a project, which is built for it, or on one that runs already, of a build or
 * generated. Exactly one of the three is given.
 */
export const CreateManualSessionSchema = z.object({
  projectId: ProjectIdSchema.optional(),
  buildId: BuildIdSchema.optional(),
  sandboxId: SandboxIdSchema.optional(),
  /** With `projectId`: how its app is built. */
  overrides: BuildOverridesSchema.default({}),
  size: FrameSizeSchema.default({ width: 1280, height: 720 }),
  pace: PaceSchema.default('normal'),
  aspect: FilmAspectSchema.optional(),
  theme: FilmThemeSchema.optional(),
  /** Without an action for so long it ends by itself, with its film. */
  idleMinutes: z.number().min(0.1).max(30).default(5),
  /** It ends by itself, with its film. */
  maxMinutes: z.number().min(0.1).max(30).default(30),
  maxSteps: z.number().int().min(1).max(400).default(200),
});
export type CreateManualSession = z.infer<typeof CreateManualSessionSchema>;

/** What of a manual session is kept with its run. */
export interface ManualSessionSpec {
  /** The app that runs already; absent: the project is built for the session, and its sandbox ends with it. */
  on?: { sandbox: SandboxRef; app: RunningApp };
  idleMs: number;
  maxMs: number;
  maxSteps: number;
}

/** Body of `POST /api/sessions/{id}/actions`. */
export const ManualActionSchema = z.object({
  /** A tool of the Playwright MCP server, one of MANUAL_TOOLS. */
  tool: z.string().min(1).max(100),
  arguments: z.record(z.string(), z.unknown()).default({}),
  /** What the film says of it; made from the target when absent. */
  caption: z.string().min(1).max(200).optional(),
});
export type ManualAction = z.infer<typeof ManualActionSchema>;

/** What a call of a tool came to. What it answered lies in the object store: pages do not travel through a history. */
export interface ManualActionOutcome {
  /** In the order of the session, looks included. */
  seq: number;
  tool: string;
  isError: boolean;
  replyKey: string;
  /** Null for a look: nothing was done. */
  action: ActionRecord | null;
  stepsLeft: number;
}
/** Text and picture that a tool answered, as they are stored. */
export const ToolAnswerSchema = z.object({
  text: z.string(),
  /** JPEG, base64. */
  picture: z.string().optional(),
});
export type ToolAnswer = z.infer<typeof ToolAnswerSchema>;

export const ManualActionAnswerSchema = z.object({
  session_id: z.string(),
  seq: z.number().int(),
  tool: z.string(),
  result: z.enum(['succeeded', 'failed']),
  /** As the tool said it: a snapshot of the page, or what went wrong. */
  text: z.string(),
  /** Of `browser_take_screenshot`. */
  image: z.object({ content_type: z.literal('image/jpeg'), data: z.string() }).optional(),
  /** As it stands in `actions.jsonl`; null for a look. */
  action: ActionRecordSchema.nullable(),
  steps_left: z.number().int(),
});
export type ManualActionAnswer = z.infer<typeof ManualActionAnswerSchema>;

/** Body of `POST /api/sessions/{id}/marks`: where a feature begins, or that it has succeeded. */
export const MarkSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    feature: FeatureSchema.shape.id,
    title: FeatureSchema.shape.title.optional(),
    description: FeatureSchema.shape.description.optional(),
    featureKind: z.enum(FEATURE_KINDS).default('use'),
  }),
  z.object({
    kind: z.literal('success'),
    /** What can be seen now and could not before the first action since the start. Without one the feature is `claimed`, and has no clip. */
    condition: ConditionSchema.optional(),
  }),
]);
export type Mark = z.infer<typeof MarkSchema>;

/** `open`: begun. `verified`: proven, it becomes a clip. `claimed`: marked without a proof. `unproven`: left, or not seen to be true. */
export const MARKED_STATUSES = ['open', 'verified', 'claimed', 'unproven'] as const;
export const MarkedFeatureSchema = z.object({
  feature: z.string(),
  title: z.string(),
  status: z.enum(MARKED_STATUSES),
  reason: z.string().optional(),
});
export type MarkedFeature = z.infer<typeof MarkedFeatureSchema>;

export const MarkAnswerSchema = MarkedFeatureSchema.extend({
  session_id: z.string(),
  /** Seconds since the take's first frame. */
  at: z.number(),
  evidence: z.array(EvidenceSchema),
});
export type MarkAnswer = z.infer<typeof MarkAnswerSchema>;

/** What a look at the page said of a mark of success; times are ms of the take. */
export interface ProvenMark {
  isVerified: boolean;
  reason?: string;
  evidence: z.infer<typeof EvidenceSchema>[];
  atMs: number;
}
export interface SuccessClaim {
  condition: Condition;
  kind: (typeof FEATURE_KINDS)[number];
}

/** Where a session stands, as its workflow tells it. */
export const ManualSessionStateSchema = SessionStateSchema.extend({
  steps_left: z.number().int(),
  features: z.array(MarkedFeatureSchema),
});
export type ManualSessionState = z.infer<typeof ManualSessionStateSchema>;

/** A manual session. It is a run that somebody drives: what `/api/runs/{id}` tells of a run, it tells of this, under the same id. */
export const ManualSessionSchema = z.object({
  session_id: z.string(),
  project_id: z.string(),
  state: RunStateSchema,
  message: z.string(),
  preview_url: z.string().nullable(),
  current_feature: z.string().nullable(),
  /** Of the action that was done last in it, from 0; -1 before the first. */
  step_index: z.number().int(),
  browser_session: z.string().nullable(),
  steps_left: z.number().int(),
  features: z.array(MarkedFeatureSchema),
  /** Where it is seen while it goes on. */
  live: z.string(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});
export type ManualSession = z.infer<typeof ManualSessionSchema>;
