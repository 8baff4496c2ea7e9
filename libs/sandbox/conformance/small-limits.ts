import type { SandboxLimits } from '@showrunner/contracts';

const MIB = 1024 ** 2;

/** Enough for every test, and small enough for many sandboxes at once. */
export const SMALL: SandboxLimits = {
  cpus: 1,
  memoryBytes: 256 * MIB,
  diskBytes: 128 * MIB,
  maxProcesses: 128,
};
