import { z } from 'zod';

export const SANDBOX_PROVIDERS = ['local', 'docker', 'daytona', 'e2b'] as const;
export const SandboxProviderNameSchema = z.enum(SANDBOX_PROVIDERS);
export type SandboxProviderName = z.infer<typeof SandboxProviderNameSchema>;

/** Resources of one sandbox. Defaults and ceilings are requirement 2.5. */
export const SandboxLimitsSchema = z.object({
  /** Virtual CPUs. */
  cpus: z.number().positive().max(4),
  /** Bytes of memory. */
  memoryBytes: z
    .number()
    .int()
    .positive()
    .max(8 * 1024 ** 3),
  /** Bytes on the disk that holds /app. */
  diskBytes: z
    .number()
    .int()
    .positive()
    .max(10 * 1024 ** 3),
  /** Processes and threads. */
  maxProcesses: z.number().int().positive().max(4096),
});
export type SandboxLimits = z.infer<typeof SandboxLimitsSchema>;

/** 1 vCPU / 1 GiB / 3 GiB (requirement 2.5). */
export const DEFAULT_LIMITS: SandboxLimits = {
  cpus: 1,
  memoryBytes: 1024 ** 3,
  diskBytes: 3 * 1024 ** 3,
  maxProcesses: 256,
};
/** 2 vCPU / 4 GiB: what a Node tool chain needs (requirement 2.5). */
export const NODE_LIMITS: SandboxLimits = {
  cpus: 2,
  memoryBytes: 4 * 1024 ** 3,
  diskBytes: 5 * 1024 ** 3,
  maxProcesses: 512,
};

/** One limit as asked for and as the kernel enforces it; `enforced` null and a note when it cannot be enforced here. */
export const LimitInForceSchema = z.object({
  requested: z.number(),
  enforced: z.number().nullable(),
  by: z.string(),
  note: z.string().optional(),
});
export const LimitsInForceSchema = z.object({
  cpus: LimitInForceSchema,
  memoryBytes: LimitInForceSchema,
  diskBytes: LimitInForceSchema,
  maxProcesses: LimitInForceSchema,
});
export type LimitsInForce = z.infer<typeof LimitsInForceSchema>;

export const SandboxStatusSchema = z.enum([
  'creating',
  'running',
  'stopped',
  'archived',
  'destroyed',
  'failed',
]);
export type SandboxStatus = z.infer<typeof SandboxStatusSchema>;

/** What an image says about how it is run. */
export const ImageFactsSchema = z.object({
  /** Argv; the command follows as its arguments. Either may be empty. */
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  /** Absolute; `/` where it names none. */
  workdir: z.string(),
  /** Set for every command in the sandbox already. */
  environment: z.record(z.string(), z.string()),
  /** TCP ports that it exposes, lowest first. */
  ports: z.array(z.number().int()),
});
export type ImageFacts = z.infer<typeof ImageFactsSchema>;

export const SandboxInfoSchema = z.object({
  id: z.string(),
  provider: SandboxProviderNameSchema,
  status: SandboxStatusSchema,
  createdAt: z.string(),
  labels: z.record(z.string(), z.string()),
  limits: LimitsInForceSchema,
  /** Of the image that was asked for; none for the provider's own, or where the provider cannot tell. */
  image: ImageFactsSchema.optional(),
});
export type SandboxInfo = z.infer<typeof SandboxInfoSchema>;

/** What may leave a sandbox. */
export const NetworkPolicySchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('none') }),
  z.object({
    mode: z.literal('allow'),
    /** HTTP(S) to these only: `host`, `*.host`, `host:port`, or `*` for the whole public internet on ports 80 and 443. */
    hosts: z.array(z.string().min(1).max(260)).max(200),
    /** Operator-set exceptions: `host:port` that may resolve to a private address. Never taken from a request. */
    privateHosts: z.array(z.string()).optional(),
  }),
]);
export type NetworkPolicy = z.infer<typeof NetworkPolicySchema>;

export const EgressDecisionSchema = z.object({
  at: z.string(),
  host: z.string(),
  port: z.number().int(),
  allowed: z.boolean(),
  reason: z.string(),
});
export type EgressDecision = z.infer<typeof EgressDecisionSchema>;

/** Resource use since the sandbox was created; null where the provider cannot tell. */
export const SandboxMetricsSchema = z.object({
  cpuSeconds: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  memoryPeakBytes: z.number().nullable(),
  diskBytes: z.number().nullable(),
  processes: z.number().int().nullable(),
  networkReceivedBytes: z.number().nullable(),
  networkSentBytes: z.number().nullable(),
});
export type SandboxMetrics = z.infer<typeof SandboxMetricsSchema>;

const HowSchema = z.enum(['native', 'emulated', 'unsupported']);
/** What a provider can really do; requests beyond it are refused with `sandbox_capability_missing`. */
export const SandboxCapabilitiesSchema = z.object({
  /** What separates the app from the host, in words. */
  isolation: z.string(),
  stop: HowSchema,
  /** `emulated`: archiving may be no more than stopping, and the sandbox then says `stopped`. */
  archive: HowSchema,
  /** Labels can be changed after the creation. */
  labelsChange: z.boolean(),
  /** Images of a registry, and building a Dockerfile; who builds one tells in `SandboxInfo.image` how it is run. */
  images: z.boolean(),
  dockerfile: z.boolean(),
  /** How each limit is met: per sandbox, fixed by the provider's template, or not at all. */
  limits: z.record(
    z.enum(['cpus', 'memoryBytes', 'diskBytes', 'maxProcesses']),
    z.enum(['enforced', 'fixed', 'unsupported']),
  ),
  network: z.object({
    /** Host names (else only all or nothing). */
    hosts: z.boolean(),
    /** Most entries of an allow-list; null: no bound. */
    maxHosts: z.number().int().nullable(),
    /** A policy can change while the sandbox runs. */
    live: z.boolean(),
    /** Names that resolve to private addresses are refused. */
    privateAddressesRefused: z.boolean(),
  }),
  egressLog: z.enum(['complete', 'unsupported']),
  /** Raw byte streams to ports (else HTTP and WebSocket only). */
  rawConnect: z.boolean(),
  outOfMemoryReported: z.boolean(),
  metrics: z.boolean(),
});
export type SandboxCapabilities = z.infer<typeof SandboxCapabilitiesSchema>;
