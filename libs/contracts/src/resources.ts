import { z } from 'zod';
import { ClipOfRunSchema } from './clip';
import { ClipIdSchema } from './ids';
import { BuildSpecSchema, RunningAppSchema } from './build';
import { PlanSchema } from './plan';
import { ExportFileSchema, ExportOutputSchema } from './export-output';
import { FilmCheckSchema } from './film-check';
import { RunFailureSchema, RunStateSchema, StopReasonSchema } from './run';
import {
  LimitsInForceSchema,
  NetworkPolicySchema,
  SandboxLimitsSchema,
  SandboxProviderNameSchema,
} from './sandbox';
import { DesiredStateSchema, SANDBOX_PURPOSES, SandboxStateSchema } from './sandbox-lease';
import { SourceSchema, StoredOverridesSchema } from './source';
import { GenerationSchema } from './generation';

/** What the REST API answers, beside RunReport, ActionRecord, Take and SessionState. Moments are ISO 8601 in UTC. */

export const ProjectSchema = z.object({
  id: z.string(),
  name: z.string(),
  source: SourceSchema,
  createdAt: z.string(),
});
export type Project = z.infer<typeof ProjectSchema>;

/** Answer of `GET /api/projects/{id}`: the project, and where its newest running app is shown (requirement 2.4). */
export const ProjectWithPreviewSchema = ProjectSchema.extend({
  /** Same as `id`. */
  project_id: z.string(),
  /** Null while no app of the project runs. */
  preview_url: z.string().nullable(),
  /** How its app is written; null for what was not made of a prompt. */
  generation: GenerationSchema.nullable(),
});
export type ProjectWithPreview = z.infer<typeof ProjectWithPreviewSchema>;

export const BuildSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  runId: z.string().nullable(),
  /** queued, building, running, detected, failed, cancelled, or ended: it ran until its sandbox was gone. */
  state: z.string(),
  message: z.string(),
  provider: SandboxProviderNameSchema,
  overrides: StoredOverridesSchema,
  /** What was asked for beyond the defaults. */
  limits: SandboxLimitsSchema.partial().nullable(),
  /** Ends with the plan, in state `detected`: nothing is installed or started. */
  detectOnly: z.boolean(),
  plan: BuildSpecSchema.nullable(),
  app: RunningAppSchema.nullable(),
  failure: RunFailureSchema.nullable(),
  sandboxId: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type Build = z.infer<typeof BuildSchema>;

export const SandboxResourceSchema = z.object({
  id: z.string(),
  /** Null unless a build made it. */
  buildId: z.string().nullable(),
  projectId: z.string().nullable(),
  runId: z.string().nullable(),
  tenantId: z.string(),
  /** What it was made for: the app of a build, a request of the API, generated code, one call of an agent. */
  purpose: z.enum(SANDBOX_PURPOSES),
  provider: SandboxProviderNameSchema,
  labels: z.record(z.string(), z.string()),
  status: SandboxStateSchema,
  /** What it was asked to be; `status` follows. */
  desired: DesiredStateSchema,
  /** Why it is as it is, when that was not asked for. */
  message: z.string(),
  failure: RunFailureSchema.omit({ stage: true }).nullable(),
  /** In force once running; as requested before. */
  limits: z.union([LimitsInForceSchema, SandboxLimitsSchema.partial()]).nullable(),
  /** What may leave it outside of phases; null: nothing. */
  network: NetworkPolicySchema.nullable(),
  /** Deleted instead of stopped. */
  ephemeral: z.boolean(),
  lease: z.object({
    /** Stopped after so long without use; null: never. */
    idleTimeoutMs: z.number().nullable(),
    /** Archived, deleted when stopped for so long; null: never. */
    autoArchiveMs: z.number().nullable(),
    autoDeleteMs: z.number().nullable(),
    /** Stopped then at the latest. */
    deadlineAt: z.string().nullable(),
    lastUsedAt: z.string(),
  }),
  /** While it waits for a place: how many leave the queue before it (1: the next), and about how long that takes, if known. */
  queue: z.object({ position: z.number().int(), etaMs: z.number().nullable() }).nullable(),
  /** Where its app is shown; null while there is none. */
  previewUrl: z.string().nullable(),
  createdAt: z.string(),
  stoppedAt: z.string().nullable(),
  destroyedAt: z.string().nullable(),
});
export type SandboxResource = z.infer<typeof SandboxResourceSchema>;

/** Body of `POST /api/intents`. */
export const CreateIntentSchema = z.object({
  projectId: z.string().min(1),
  text: z.string().min(1).max(4000),
});
export type CreateIntent = z.infer<typeof CreateIntentSchema>;
export const IntentSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  text: z.string(),
  createdAt: z.string(),
});
export type Intent = z.infer<typeof IntentSchema>;

/** A stored plan with its hash. */
export const PlanResourceSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  runId: z.string().nullable(),
  intentId: z.string().nullable(),
  /** Lower-case hex SHA-256 of the canonical JSON of `body`. */
  hash: z.string(),
  body: PlanSchema,
  createdAt: z.string(),
});
export type PlanResource = z.infer<typeof PlanResourceSchema>;

/** A run in a list, and the answer to `POST /api/runs`; `GET /api/runs/{id}` tells all (RunReport). */
export const RunSummarySchema = z.object({
  id: z.string(),
  projectId: z.string(),
  buildId: z.string().nullable(),
  sandboxId: z.string().nullable(),
  planId: z.string().nullable(),
  planHash: z.string().nullable(),
  state: RunStateSchema,
  message: z.string(),
  intent: z.string(),
  /** The stored intent that it was asked for by, if it was. */
  intentId: z.string().nullable(),
  replayOf: z.string().nullable(),
  provider: SandboxProviderNameSchema,
  failure: RunFailureSchema.nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type RunSummary = z.infer<typeof RunSummarySchema>;

/** Answer to cancel and kill: accepted, and whether the workflow was told already or will be as soon as Temporal answers. */
export const StopAcceptedSchema = z.object({
  id: z.string(),
  state: RunStateSchema,
  requested: StopReasonSchema.exclude(['budget']),
  delivered: z.boolean(),
});
export type StopAccepted = z.infer<typeof StopAcceptedSchema>;

/** A clip with its id, `<run>-<clip_id>`, and the run and take it lies in. */
export const ClipResourceSchema = ClipOfRunSchema.extend({
  id: ClipIdSchema,
  runId: z.string(),
  takeId: z.string(),
});
export type ClipResource = z.infer<typeof ClipResourceSchema>;

export const EXPORT_STATES = ['queued', 'rendering', 'done', 'failed', 'cancelled'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];
export const TERMINAL_EXPORT_STATES: readonly ExportState[] = ['done', 'failed', 'cancelled'];

export const ExportSchema = z.object({
  id: z.string(),
  runId: z.string(),
  /** `queued` until a worker renders it. */
  state: z.enum(EXPORT_STATES),
  /** 0 to 1. */
  progress: z.number(),
  storageKey: z.string().nullable(),
  captionsKey: z.string().nullable(),
  durationMs: z.number().nullable(),
  bytes: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  /** What was asked for; null for exports from before there was a choice. */
  output: ExportOutputSchema.nullable(),
  /** What it made; each is had below `href`. Empty until it is done. */
  files: z.array(ExportFileSchema.extend({ href: z.string() })),
  /** How the finished file was held against what happened; null until that was done. */
  checks: z.array(FilmCheckSchema).nullable(),
  /** What a reader should know: what was lowered to keep a limit. */
  notes: z.array(z.string()),
  /** Why it failed. */
  failure: RunFailureSchema.nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type Export = z.infer<typeof ExportSchema>;

/** A file that a run brought: `GET /api/runs/{id}/artifacts/{name}`. */
export const ArtifactSchema = z.object({
  name: z.string(),
  contentType: z.string(),
  bytes: z.number().int(),
  href: z.string(),
});
export type Artifact = z.infer<typeof ArtifactSchema>;

/** One page of a list; pass `nextCursor` as `cursor` for the next. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), nextCursor: z.string().nullable() });

/** Answer of `GET /api/runs/{id}/test`. */
export const RunTestSchema = z.object({
  fileName: z.string(),
  /** TypeScript for `@playwright/test`: one `test()` a feature. */
  source: z.string(),
  /** What the test does not hold or says less of, one sentence each; stands in `source`, too. */
  notCarriedOver: z.array(z.string()),
});
export type RunTest = z.infer<typeof RunTestSchema>;
