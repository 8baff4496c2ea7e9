import { z } from 'zod';
import { PageQuerySchema } from './api';
import { EnvironmentSchema } from './environment';
import { ContextLanguageSchema, ExecTimeoutSchema } from './execution';
import {
  EgressDecisionSchema,
  NetworkPolicySchema,
  SandboxLimitsSchema,
  SandboxProviderNameSchema,
} from './sandbox';
import { SandboxStateSchema } from './sandbox-lease';
import { ModelUsageSchema } from './model-usage';
import { SandboxUsageSchema } from './price';

/** Bodies, queries and answers of `/api/sandboxes`. */

const YEAR_MINUTES = 365 * 24 * 60;
const PathSchema = z
  .string()
  .max(4096)
  .regex(/^\/[^\0]*$/, 'must be an absolute path')
  // `\\0` is a null character to JavaScript alone.
  .meta({ pattern: '^/[^\\u0000]*$' });
const MinutesSchema = z.number().positive().max(YEAR_MINUTES);
const CommandSchema = z.union([
  z.string().min(1).max(131_072),
  z.array(z.string().max(131_072)).min(1).max(1000),
]);

export const LabelsSchema = z.record(
  z.string().regex(/^[\w.-]{1,63}$/, 'must be 1 to 63 letters, digits, ".", "_" or "-"'),
  z.string().max(255),
);

/** What may leave a sandbox, as a request may ask for it: exceptions for private addresses are the operator's. */
export const RequestedNetworkSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('none') }).strict(),
  z.object({ mode: z.literal('allow'), hosts: z.array(z.string().min(1).max(260)).max(200) }).strict(),
]);

/** Body of `POST /api/sandboxes`; everything has a default. */
export const CreateSandboxSchema = z
  .object({
    provider: SandboxProviderNameSchema.optional(),
    limits: SandboxLimitsSchema.partial().default({}),
    labels: LabelsSchema.default({}),
    /** Set for every command. */
    environment: EnvironmentSchema.default({}),
    /** Default: nothing leaves it. */
    network: RequestedNetworkSchema.optional(),
    /** The public internet on ports 80 and 443, instead of `network`. */
    internet: z.boolean().default(false),
    /** Deleted instead of stopped. */
    ephemeral: z.boolean().default(false),
    /** Stopped after so many minutes without use; null: never. Default 15. */
    idleTimeoutMinutes: MinutesSchema.nullable().optional(),
    /** Archived, deleted when stopped for so long; null: never. Default a day, thirty days. */
    autoArchiveMinutes: MinutesSchema.nullable().optional(),
    autoDeleteMinutes: MinutesSchema.nullable().optional(),
    /** Stopped after so many minutes at the latest; null: no such end. */
    deadlineMinutes: MinutesSchema.nullable().optional(),
  })
  .strict();
export type CreateSandbox = z.infer<typeof CreateSandboxSchema>;

/** Seconds that a request waits for what it asked for. */
export const WaitQuerySchema = z.object({ wait: z.coerce.number().min(0).max(100).default(0) });
export const SandboxListQuerySchema = PageQuerySchema.extend({
  projectId: z.string().optional(),
  status: SandboxStateSchema.optional(),
  /** `name:value`, several with commas: each must match. */
  labels: z
    .string()
    .regex(/^[\w.-]+:[^,]*(,[\w.-]+:[^,]*)*$/, 'must look like team:a,stage:test')
    .optional(),
});

/** Body of `POST /api/sandboxes/{id}/extend`. */
export const ExtendSandboxSchema = z.object({
  /** From now on it is not stopped for so long, for lack of use; its deadline, if it has one, moves by as much. */
  minutes: MinutesSchema,
});

export const ExecCommandSchema = z
  .object({
    /** A `sh -c` line, or the words of a command. */
    command: CommandSchema,
    /** Default /app. */
    cwd: PathSchema.optional(),
    env: EnvironmentSchema.optional(),
    stdin: z.string().max(1_000_000).optional(),
    timeoutMs: ExecTimeoutSchema,
    /** Bytes of each stream that are kept, head and tail. */
    maxOutputBytes: z
      .number()
      .int()
      .min(1024)
      .max(8 * 1024 * 1024)
      .default(1024 * 1024),
  })
  .strict();
export type ExecCommand = z.infer<typeof ExecCommandSchema>;

/** A non-zero exit is a result. */
export const ExecAnswerSchema = z.object({
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  stdout: z.string(),
  stderr: z.string(),
  truncated: z.boolean(),
  timedOut: z.boolean(),
  outOfMemory: z.boolean(),
  durationMs: z.number(),
});

const ProcessNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and "-"');
export const StartProcessSchema = z
  .object({
    name: ProcessNameSchema,
    command: z.string().min(1).max(131_072),
    cwd: PathSchema.optional(),
    env: EnvironmentSchema.optional(),
  })
  .strict();
export const ProcessStatusSchema = z.object({
  name: z.string(),
  running: z.boolean(),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  startedAt: z.string(),
});
export const ProcessInputSchema = z.object({ data: z.string().max(1_000_000) }).strict();
export const ProcessLogQuerySchema = z.object({
  tailBytes: z.coerce
    .number()
    .int()
    .min(1)
    .max(3 * 1024 * 1024)
    .default(64 * 1024),
});

export const FilePathQuerySchema = z.object({ path: PathSchema });
export const WriteFileQuerySchema = FilePathQuerySchema.extend({
  /** Permission bits in octal, e.g. 644. */
  mode: z
    .string()
    .regex(/^[0-7]{3}$/)
    .optional(),
});
export const FileListQuerySchema = FilePathQuerySchema.extend({
  depth: z.coerce.number().int().min(1).max(20).default(1),
  maxEntries: z.coerce.number().int().min(1).max(10_000).default(1_000),
});
export const MakeDirectorySchema = z.object({ path: PathSchema }).strict();
export const FileStatSchema = z.object({
  path: z.string(),
  kind: z.enum(['file', 'directory', 'link', 'other']),
  bytes: z.number(),
  mode: z.number().int(),
  modifiedAt: z.string(),
  target: z.string().optional(),
});
export const FileListSchema = z.object({ entries: z.array(FileStatSchema), truncated: z.boolean() });

export const GitCloneSchema = z
  .object({
    url: z.string().min(1).max(2048),
    path: PathSchema.optional(),
    branch: z.string().min(1).max(255).optional(),
    commit: z
      .string()
      .regex(/^[0-9a-f]{7,64}$/)
      .optional(),
    depth: z.number().int().min(1).max(10_000).optional(),
  })
  .strict();
export const GitCheckoutSchema = z
  .object({ ref: z.string().min(1).max(255), path: PathSchema.optional() })
  .strict();
export const GitPathQuerySchema = z.object({ path: PathSchema.optional() });
/** null in a repository without a commit. */
export const GitCommitSchema = z.object({ commit: z.string().nullable() });
export const GitStatusSchema = z.object({
  branch: z.string().nullable(),
  commit: z.string().nullable(),
  changes: z.array(
    z.object({
      path: z.string(),
      change: z.enum(['added', 'modified', 'deleted', 'renamed', 'untracked', 'conflicted']),
    }),
  ),
});
export const GitDiffSchema = z.object({ diff: z.string(), truncated: z.boolean() });

export const RunCodeSchema = z
  .object({
    code: z.string().min(1).max(500_000),
    /** Default: that of the context, Python without one. */
    language: ContextLanguageSchema.optional(),
    /** Default: one of the language, made on first use. */
    contextId: z.string().min(1).max(100).optional(),
    timeoutMs: ExecTimeoutSchema,
  })
  .strict();
export const CodeResultSchema = z.object({
  stdout: z.string(),
  stderr: z.string(),
  /** `repr` of the last line's expression, of JavaScript `util.inspect`. */
  result: z.string().nullable(),
  error: z.object({ name: z.string(), value: z.string(), traceback: z.string() }).nullable(),
  timedOut: z.boolean(),
  truncated: z.boolean(),
  durationMs: z.number(),
});
export const CreateContextSchema = z
  .object({
    language: ContextLanguageSchema.default('python'),
    cwd: PathSchema.optional(),
    env: EnvironmentSchema.optional(),
  })
  .strict();
export const CodeContextSchema = z.object({ contextId: z.string(), language: ContextLanguageSchema });
export const CodeContextListSchema = z.object({
  data: z.array(CodeContextSchema.extend({ running: z.boolean() })),
});

const DAY_SECONDS = 24 * 60 * 60;
export const CreatePreviewSchema = z
  .object({
    port: z.number().int().min(1).max(65_535),
    expiresInSeconds: z.number().int().min(1).max(DAY_SECONDS).default(3600),
  })
  .strict();
export const PreviewLinkSchema = z.object({
  id: z.string(),
  port: z.number().int(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
/** Its address is shown once, when it is made. */
export const CreatedPreviewLinkSchema = PreviewLinkSchema.extend({ url: z.string() });
export type PreviewLink = z.infer<typeof PreviewLinkSchema>;

export const EgressLogSchema = z.object({ data: z.array(EgressDecisionSchema) });
export const NetworkAnswerSchema = z.object({ network: NetworkPolicySchema });

/** What a tenant used in this calendar month (UTC), and what it may. */
export const TenantUsageSchema = z.object({
  tenantId: z.string(),
  month: SandboxUsageSchema,
  /** Language models, of all runs of the month. */
  llm: ModelUsageSchema,
  budgetUsd: z.number().nullable(),
  maxSandboxes: z.number().int(),
  creationsPerMinute: z.number().int(),
  runs: z.object({
    /** That have not ended, and how many of these there may be. */
    unfinished: z.number().int(),
    maxUnfinished: z.number().int(),
    /** Asked for in the last minute, and how many that may be. */
    inLastMinute: z.number().int(),
    perMinute: z.number().int(),
    /** Asked for in this month, of those that were not deleted. */
    inMonth: z.number().int(),
  }),
});

/** Maintenance: what an operator does with sandboxes of all tenants. */
export const MaintainQuerySchema = PageQuerySchema.extend({
  tenantId: z.string().optional(),
  provider: SandboxProviderNameSchema.optional(),
  status: SandboxStateSchema.optional(),
});
/** Where sandboxes are recorded, and whether this platform reaches them there: what it cannot reach nobody stops or ends. */
export const WatchedProvidersSchema = z.object({
  data: z.array(
    z.object({
      provider: SandboxProviderNameSchema,
      sandboxes: z.number(),
      reachable: z.boolean(),
      /** Why not, and what would help; empty when it is. */
      why: z.string(),
    }),
  ),
});
export type WatchedProviders = z.infer<typeof WatchedProvidersSchema>;
export const MigrationQuerySchema = z.object({
  from: SandboxProviderNameSchema,
  to: SandboxProviderNameSchema,
});
export type Migration = z.infer<typeof MigrationQuerySchema>;
/** What a migration still has to do: `move` files and record, or only `clean` what it left at the old provider. */
export const MigrationPlanSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      tenantId: z.string(),
      status: SandboxStateSchema,
      action: z.enum(['move', 'clean', 'skip']),
      /** Why it is skipped. */
      why: z.string(),
    }),
  ),
});
export const MigratedSchema = z.object({
  id: z.string(),
  provider: SandboxProviderNameSchema,
  /** Files that were carried over; 0 when only the rest was cleaned away. */
  files: z.number().int(),
});
