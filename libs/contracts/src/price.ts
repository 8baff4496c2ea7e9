import { z } from 'zod';
import type { SandboxLimits } from './sandbox';

/** US dollars a second (requirement 2.10). */
export const SANDBOX_PRICE = {
  vcpu: 0.000_014,
  memoryGib: 0.000_004_5,
  storageGib: 0.000_000_03,
} as const;

/** What was used, in units times seconds. */
export const ResourceSecondsSchema = z.object({
  vcpuSeconds: z.number(),
  memoryGibSeconds: z.number(),
  storageGibSeconds: z.number(),
});
export type ResourceSeconds = z.infer<typeof ResourceSecondsSchema>;

/** Use and its price; of a sandbox, a run or a tenant. */
export const SandboxUsageSchema = ResourceSecondsSchema.extend({
  /** Seconds in which anything was charged for, added over sandboxes. */
  seconds: z.number(),
  costUsd: z.number(),
});
export type SandboxUsage = z.infer<typeof SandboxUsageSchema>;

const GIB = 1024 ** 3;

/** The first moment of the calendar month (UTC), for which budgets are. */
export function monthOf(now: number): Date {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
}

/** US dollars for what was used. */
export function costOf(used: ResourceSeconds): number {
  return (
    used.vcpuSeconds * SANDBOX_PRICE.vcpu +
    used.memoryGibSeconds * SANDBOX_PRICE.memoryGib +
    used.storageGibSeconds * SANDBOX_PRICE.storageGib
  );
}

/** US dollars a second of a sandbox with these limits: all of it while it runs, its disk while it is stopped, nothing otherwise. */
export function pricePerSecond(
  limits: Pick<SandboxLimits, 'cpus' | 'memoryBytes' | 'diskBytes'>,
  status: string,
): number {
  const storage = (limits.diskBytes / GIB) * SANDBOX_PRICE.storageGib;
  if (status === 'stopped') return storage;
  if (status !== 'running') return 0;
  return limits.cpus * SANDBOX_PRICE.vcpu + (limits.memoryBytes / GIB) * SANDBOX_PRICE.memoryGib + storage;
}
