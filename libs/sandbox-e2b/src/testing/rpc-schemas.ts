import { z } from 'zod';

/**
 * Messages of envd's `process.proto` and `filesystem.proto` in protobuf's JSON form, as far as they are used. Strict: a field that the protocol does
 * not have is a violation.
 */
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const int64 = z.union([z.string().regex(/^-?\d+$/), z.number().int()]);
const env = z.record(z.string(), z.string());

export const SelectorSchema = z
  .strictObject({ pid: z.number().int().positive().optional(), tag: z.string().optional() })
  .refine(({ pid, tag }) => (pid === undefined) !== (tag === undefined), 'either pid or tag');

const ProcessConfigSchema = z.strictObject({
  cmd: z.string().min(1),
  args: z.array(z.string()).default([]),
  envs: env.default({}),
  cwd: z.string().optional(),
});

const EndSchema = z.strictObject({
  exitCode: z.number().int().optional(),
  exited: z.boolean().optional(),
  status: z.string(),
  error: z.string().optional(),
});
const EventSchema = z.strictObject({
  event: z.union([
    z.strictObject({ start: z.strictObject({ pid: z.number().int().positive() }) }),
    z.strictObject({
      data: z.union([
        z.strictObject({ stdout: base64 }),
        z.strictObject({ stderr: base64 }),
        z.strictObject({ pty: base64 }),
      ]),
    }),
    z.strictObject({ end: EndSchema }),
    z.strictObject({ keepalive: z.strictObject({}) }),
  ]),
});

const EntrySchema = z.strictObject({
  name: z.string(),
  type: z.enum(['FILE_TYPE_FILE', 'FILE_TYPE_DIRECTORY', 'FILE_TYPE_SYMLINK']).optional(),
  path: z.string(),
  size: int64.optional(),
  mode: z.number().int().optional(),
  permissions: z.string().optional(),
  owner: z.string().optional(),
  group: z.string().optional(),
  modifiedTime: z.iso.datetime().optional(),
  symlinkTarget: z.string().optional(),
});
const path = z.strictObject({ path: z.string() });
const oneEntry = z.strictObject({ entry: EntrySchema });
const nothing = z.strictObject({});

/** By method: what is asked and what is answered (each message of a stream). */
export const RPC_SCHEMAS = {
  'process.Process/Start': {
    request: z.strictObject({
      process: ProcessConfigSchema,
      tag: z.string().optional(),
      stdin: z.boolean().optional(),
    }),
    reply: EventSchema,
    stream: true,
  },
  'process.Process/Connect': {
    request: z.strictObject({ process: SelectorSchema }),
    reply: EventSchema,
    stream: true,
  },
  'process.Process/List': {
    request: nothing,
    reply: z.strictObject({
      processes: z
        .array(
          z.strictObject({ config: ProcessConfigSchema, pid: z.number().int(), tag: z.string().optional() }),
        )
        .optional(),
    }),
    stream: false,
  },
  'process.Process/SendInput': {
    request: z.strictObject({
      process: SelectorSchema,
      input: z.union([z.strictObject({ stdin: base64 }), z.strictObject({ pty: base64 })]),
    }),
    reply: nothing,
    stream: false,
  },
  'process.Process/CloseStdin': {
    request: z.strictObject({ process: SelectorSchema }),
    reply: nothing,
    stream: false,
  },
  'process.Process/SendSignal': {
    request: z.strictObject({
      process: SelectorSchema,
      signal: z.enum(['SIGNAL_SIGTERM', 'SIGNAL_SIGKILL']),
    }),
    reply: nothing,
    stream: false,
  },
  'filesystem.Filesystem/Stat': { request: path, reply: oneEntry, stream: false },
  'filesystem.Filesystem/ListDir': {
    request: z.strictObject({ path: z.string(), depth: z.number().int().optional() }),
    reply: z.strictObject({ entries: z.array(EntrySchema).optional() }),
    stream: false,
  },
  'filesystem.Filesystem/MakeDir': { request: path, reply: oneEntry, stream: false },
  'filesystem.Filesystem/Move': {
    request: z.strictObject({ source: z.string(), destination: z.string() }),
    reply: oneEntry,
    stream: false,
  },
  'filesystem.Filesystem/Remove': { request: path, reply: nothing, stream: false },
} as const;

export type RpcMethod = keyof typeof RPC_SCHEMAS;
export type RpcRequest<Method extends RpcMethod> = z.infer<(typeof RPC_SCHEMAS)[Method]['request']>;
export type RpcReply<Method extends RpcMethod> = z.infer<(typeof RPC_SCHEMAS)[Method]['reply']>;
export type ProcessReply = z.infer<typeof EventSchema>;
export type Entry = z.infer<typeof EntrySchema>;
export type Selector = z.infer<typeof SelectorSchema>;
