import { z } from 'zod';
import { SandboxLimitsSchema, SandboxProviderNameSchema } from './sandbox';
import { EnvironmentSchema, VariableNameSchema } from './environment';
import { CODE_LANGUAGES, ExecTimeoutSchema, MAX_CODE_LENGTH } from './execution';

/** Bodies and answers of `/api/agents`: code that is stored once and run by its id. */

const MAX_FILES = 100;
const MAX_FILE_LENGTH = 500_000;
/** Parts of letters, digits, ".", "_" and "-" with "/" between them; none begins with a dot. */
const FILE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

export const AgentLanguageSchema = z.enum(CODE_LANGUAGES);
export type AgentLanguage = z.infer<typeof AgentLanguageSchema>;

const NameSchema = z.string().min(1).max(100);
const CodeSchema = z.string().min(1).max(MAX_CODE_LENGTH);
/** Name of a file beside the code, below its working directory, to its text. */
const FilesSchema = z
  .record(z.string().max(200).regex(FILE_NAME), z.string().max(MAX_FILE_LENGTH))
  .refine((files) => Object.keys(files).length <= MAX_FILES, `must have at most ${MAX_FILES} files`)
  .meta({ maxProperties: MAX_FILES });
/** Variables that every run has to give: their values are not stored. */
const EnvNamesSchema = z.array(VariableNameSchema).max(100);

/** Body of `POST /api/agents`. */
export const CreateAgentSchema = z
  .object({
    name: NameSchema,
    language: AgentLanguageSchema.default('python'),
    code: CodeSchema,
    files: FilesSchema.default({}),
    envNames: EnvNamesSchema.default([]),
  })
  .strict();
export type CreateAgent = z.infer<typeof CreateAgentSchema>;

/** Body of `PATCH /api/agents/{agentId}`: what is left out stays; `files` and `envNames` are replaced whole. */
export const ChangeAgentSchema = z
  .object({
    name: NameSchema.optional(),
    language: AgentLanguageSchema.optional(),
    code: CodeSchema.optional(),
    files: FilesSchema.optional(),
    envNames: EnvNamesSchema.optional(),
  })
  .strict();
export type ChangeAgent = z.infer<typeof ChangeAgentSchema>;

export const AgentSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  language: AgentLanguageSchema,
  envNames: z.array(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type AgentSummary = z.infer<typeof AgentSummarySchema>;
export const AgentSchema = AgentSummarySchema.extend({
  code: z.string(),
  files: z.record(z.string(), z.string()),
});
export type Agent = z.infer<typeof AgentSchema>;

/** Body of `POST /api/agents/{agentId}/run`. */
export const RunAgentSchema = z
  .object({
    /** At least the variables of its `envNames`. */
    environment: EnvironmentSchema.default({}),
    args: z.array(z.string().max(10_000)).max(100).default([]),
    stdin: z.string().max(500_000).optional(),
    timeoutMs: ExecTimeoutSchema,
    limits: SandboxLimitsSchema.partial().default({}),
    provider: SandboxProviderNameSchema.optional(),
    internet: z.boolean().default(false),
  })
  .strict();
export type RunAgent = z.infer<typeof RunAgentSchema>;
