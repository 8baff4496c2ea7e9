import { z } from 'zod';
import { CompareWithSchema } from './comparison';
import { HandPlanSchema } from './hand-plan';
import { IntentIdSchema } from './ids';
import { ReviewMinutesSchema } from './plan-review';
import { BuildOverridesSchema, GitSourceSchema, SourceSshKeySchema, SourceTokenSchema } from './source';
import { FilmAspectSchema, FilmThemeSchema, VoiceNameSchema } from './export-output';
import { FrameSizeSchema, PaceSchema } from './run';
import { MAX_PROMPT_LENGTH } from './generation';
import { AppKindSchema, TemplateNameSchema } from './templates';
import { SandboxLimitsSchema, SandboxProviderNameSchema } from './sandbox';
import { GivenSecretsSchema } from './secrets';

/** Body of `POST /api/projects` as JSON (a Git source). Archives come as multipart: a file part `archive` and a field `project` with this JSON less `source`. */
export const CreateProjectSchema = z.object({
  name: z.string().min(1).max(200).optional(),
  source: GitSourceSchema.extend({
    token: SourceTokenSchema.optional(),
    sshKey: SourceSshKeySchema.optional(),
  }),
  subdir: z.string().max(1024).optional(),
});
export const CreateArchiveProjectSchema = z.object({
  name: z.string().min(1).max(200).optional(),
  subdir: z.string().max(1024).optional(),
});
/** Body of `POST /api/projects` for an app that is there already: one of `GET /api/templates`. */
export const CreateTemplateProjectSchema = z.object({
  name: z.string().min(1).max(200).optional(),
  template: TemplateNameSchema,
});
export type CreateTemplateProject = z.infer<typeof CreateTemplateProjectSchema>;
/** Body of `POST /api/projects` for an app that a model writes. */
export const CreatePromptProjectSchema = z.object({
  name: z.string().min(1).max(200).optional(),
  prompt: z
    .string()
    .max(MAX_PROMPT_LENGTH)
    .refine((text) => text.trim() !== '', 'must say what the app shall do'),
  kind: AppKindSchema.default('webapp'),
  /** Answer once the app runs or could not be made, after 100 s at the latest; otherwise at once. */
  wait: z.boolean().default(true),
});
export type CreatePromptProject = z.infer<typeof CreatePromptProjectSchema>;
export type CreateProject = z.infer<typeof CreateProjectSchema>;

/** Body of `POST /api/projects/{id}/build`. Without `provider`: that of the installation (`SANDBOX_PROVIDER`). */
export const CreateBuildSchema = z.object({
  overrides: BuildOverridesSchema.default({}),
  limits: SandboxLimitsSchema.partial().optional(),
  provider: SandboxProviderNameSchema.optional(),
});
export type CreateBuild = z.infer<typeof CreateBuildSchema>;

/** Body of `POST /api/projects/{id}/detect`. */
export const CreateDetectionSchema = CreateBuildSchema.pick({ overrides: true, provider: true });
export type CreateDetection = z.infer<typeof CreateDetectionSchema>;

/**
 * Body of `POST /api/runs`. With `planId` the run is pinned to that plan; otherwise a plan is made once from the intent. Without `provider`:
 * that of the installation (`SANDBOX_PROVIDER`).
 */
export const CreateRunSchema = z.object({
  projectId: z.string(),
  intent: z.string().max(4000).default(''),
  /** An intent of this project, stored before, instead of `intent`: run and plan refer to it. */
  intentId: IntentIdSchema.optional(),
  planId: z.string().optional(),
  /** A plan by hand, instead of `planId`: it is stored and filmed as it is. */
  plan: HandPlanSchema.optional(),
  /** A file of Playwright tests instead of `plan`: it is read, never run, and becomes one; the run's notes say what the plan does not hold. */
  test: z.object({ fileName: z.string().min(1).max(200), source: z.string().max(256 * 1024) }).optional(),
  overrides: BuildOverridesSchema.default({}),
  provider: SandboxProviderNameSchema.optional(),
  limits: SandboxLimitsSchema.partial().optional(),
  size: FrameSizeSchema.default({ width: 1280, height: 720 }),
  /** `none`: no still moments and no paced keys, for films that only have to exist. */
  pace: PaceSchema.default('normal'),
  /** Of its film; as filmed when absent. */
  aspect: FilmAspectSchema.optional(),
  /** Of its film; the page alone when absent. */
  theme: FilmThemeSchema.optional(),
  /** Who speaks the words of its film; nobody when absent. A film is made without a voice where that one is not to be had. */
  voice: VoiceNameSchema.optional(),
  /** Most that its sandbox may cost, US dollars; the run fails with `budget_exceeded` then. */
  budgetUsd: z.number().positive().optional(),
  /**
   * Values by name that `{{NAME}}` stands for in the intent, and `"secret": "NAME"` in a plan: typed, covered in every picture, and in no answer,
   * log or file.
   */
  secrets: GivenSecretsSchema.optional(),
  /**
   * Wait with the plan that was made until somebody has looked at it: `POST /api/runs/{id}/review` drops and reorders its features and lets the run
   * go on. After `reviewMinutes` it goes on as proposed.
   */
  review: z.boolean().default(false),
  reviewMinutes: ReviewMinutesSchema,
  /** Keep the sandbox after the film until nobody has used it for half an hour. */
  keepSandbox: z.boolean().default(false),
  /**
   * Film what is new or different since this branch, tag or commit of the repository: the plan is made here and driven there, too. `GET
   * /api/runs/{id}/comparison` tells what was found.
   */
  base: CompareWithSchema.shape.base.optional(),
  /** With `base`: the branch, tag or commit that is filmed, instead of what the project says. */
  head: CompareWithSchema.shape.head,
  /** With `base`: the project that holds that state, of a source that was uploaded. */
  baseProjectId: CompareWithSchema.shape.baseProjectId,
  /** With `baseProjectId`: what lies between both, as hints for the plan. */
  changes: CompareWithSchema.shape.changes,
});
export type CreateRun = z.infer<typeof CreateRunSchema>;

/** Body of `POST /api/runs/{id}/replay` (empty) and `POST /api/runs/replay` (an exported history). */
export const ReplayHistorySchema = z.object({
  history: z.record(z.string(), z.unknown()).meta({ required: ['workflows'] }),
  /** Project of the same source, for a history of another machine; default: its own, or its repository at its commit. */
  projectId: z.string().max(100).optional(),
});

export const PageQuerySchema = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
