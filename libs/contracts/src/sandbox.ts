import { z } from 'zod';

export const SANDBOX_PROVIDERS = ['local'] as const;
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

export const SandboxStatusSchema = z.enum(['creating', 'running', 'stopped', 'destroyed', 'failed']);
export type SandboxStatus = z.infer<typeof SandboxStatusSchema>;

export const SandboxInfoSchema = z.object({
  id: z.string(),
  provider: SandboxProviderNameSchema,
  status: SandboxStatusSchema,
  createdAt: z.string(),
  labels: z.record(z.string(), z.string()),
  limits: LimitsInForceSchema,
});
export type SandboxInfo = z.infer<typeof SandboxInfoSchema>;
