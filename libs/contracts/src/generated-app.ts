import { z } from 'zod';
import { EnvironmentSchema } from './environment';
import {
  CODE_LANGUAGES,
  ContextLanguageSchema,
  DEFAULT_EXEC_MS,
  ExecTimeoutSchema,
  MAX_CODE_LENGTH,
} from './execution';
import { CreateSandboxSchema } from './sandbox-api';
import { SandboxLimitsSchema, SandboxProviderNameSchema } from './sandbox';

/** Bodies and answers of `/api/sandbox` and `/api/agents`, whose fields are fixed (requirements 1.4, 2.8, 2.9). */

const MAX_FILES = 300;
const MAX_FILE_LENGTH = 1_000_000;
/** Largest body of `POST /api/sandbox/create`, bytes. */
export const MAX_GENERATED_BYTES = 12 * 1024 * 1024;

/** Body of `POST /api/sandbox/create`. */
export const CreateGeneratedSchema = z.object({
  /** Name of a file to its text. */
  generatedCode: z
    .record(z.string().min(1).max(200), z.string().max(MAX_FILE_LENGTH))
    .refine((code) => Object.keys(code).length > 0, 'must have at least one file')
    .refine((code) => Object.keys(code).length <= MAX_FILES, `must have at most ${MAX_FILES} files`)
    .meta({ minProperties: 1, maxProperties: MAX_FILES }),
  projectName: z.string().min(1).max(100),
  description: z.string().max(2000).optional(),
  /** Built with this command, then started with `npm start`; otherwise the development server is started. */
  buildScript: z.string().min(1).max(1000).optional(),
  environment: EnvironmentSchema.optional(),
});
export type CreateGenerated = z.infer<typeof CreateGeneratedSchema>;

export const GeneratedSandboxSchema = z.object({
  sandboxId: z.string(),
  status: z.string(),
  previewUrl: z.string().nullable(),
  createdAt: z.string(),
});
export type GeneratedSandbox = z.infer<typeof GeneratedSandboxSchema>;
export const GeneratedCreatedSchema = z.object({
  success: z.literal(true),
  previewUrl: z.string(),
  sandboxId: z.string(),
  sandbox: GeneratedSandboxSchema,
});
export const GeneratedAnswerSchema = z.object({ success: z.literal(true), sandbox: GeneratedSandboxSchema });
export const GeneratedListSchema = z.object({
  success: z.literal(true),
  sandboxes: z.array(GeneratedSandboxSchema),
  count: z.number().int(),
});
export const GeneratedDeletedSchema = z.object({ success: z.literal(true), message: z.string() });

/** Body of `POST /api/agents/{agent_id}/execute`: code or a command, in a sandbox of its own. */
export const AgentExecuteSchema = z
  .object({
    code: z.string().min(1).max(MAX_CODE_LENGTH).optional(),
    language: z.enum(CODE_LANGUAGES).default('python'),
    command: z.string().min(1).max(131_072).optional(),
    environment: EnvironmentSchema.default({}),
    timeoutMs: ExecTimeoutSchema,
    limits: SandboxLimitsSchema.partial().default({}),
    provider: SandboxProviderNameSchema.optional(),
    internet: z.boolean().default(false),
  })
  .strict()
  .refine(({ code, command }) => (code === undefined) !== (command === undefined), {
    message: 'must have either code or command',
  })
  .meta({ oneOf: [{ required: ['code'] }, { required: ['command'] }] });
export type AgentExecute = z.infer<typeof AgentExecuteSchema>;
export const AgentExecutedSchema = z.object({
  success: z.boolean(),
  exit_code: z.number().int(),
  /** Standard output and errors in order of arrival, bounded. */
  output: z.string(),
});

/** A stream is open for as long as its client likes; what runs ends earlier, unless it is given more time. */
const StreamTimeoutSchema = z
  .number()
  .int()
  .min(1)
  .max(24 * 3600 * 1000)
  .default(DEFAULT_EXEC_MS);
/** Messages of a client of `/api/sandboxes/{id}/stream`. */
export const StreamRequestSchema = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('exec'),
      command: z.union([z.string().min(1).max(131_072), z.array(z.string()).min(1).max(1000)]),
      cwd: z.string().startsWith('/').max(4096).optional(),
      env: EnvironmentSchema.optional(),
      /** Its standard input stays open for messages of type `stdin`. */
      stdin: z.boolean().default(false),
      timeoutMs: StreamTimeoutSchema,
    })
    .strict(),
  z
    .object({
      type: z.literal('code'),
      code: z.string().min(1).max(500_000),
      language: ContextLanguageSchema.optional(),
      contextId: z.string().min(1).max(100).optional(),
      timeoutMs: StreamTimeoutSchema,
    })
    .strict(),
  z
    .object({ type: z.literal('stdin'), data: z.string().max(1_000_000), end: z.boolean().default(false) })
    .strict(),
]);
export type StreamRequest = z.infer<typeof StreamRequestSchema>;

/**
 * Messages of a client of `/api/sandboxes/stream`: the first may say what sandbox it wants; the rest are as of the stream of a sandbox
 * that is there.
 */
export const OwnStreamRequestSchema = z.discriminatedUnion('type', [
  CreateSandboxSchema.pick({
    ...{ provider: true, limits: true, labels: true, environment: true, network: true, internet: true },
  }).extend({ type: z.literal('create') }),
  ...StreamRequestSchema.options,
]);
export type OwnStreamRequest = z.infer<typeof OwnStreamRequestSchema>;

/** Messages to the client, exactly these. */
export const StreamMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('log'), stream: z.enum(['stdout', 'stderr']), content: z.string() }),
  z.object({ type: z.literal('execution_complete'), exit_code: z.number().int(), result: z.string() }),
]);
/** The answer to `create`, once the sandbox runs; after it as any stream. */
export const OwnStreamMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('sandbox'), sandboxId: z.string() }),
  ...StreamMessageSchema.options,
]);
export type OwnStreamMessage = z.infer<typeof OwnStreamMessageSchema>;
export type StreamMessage = z.infer<typeof StreamMessageSchema>;
