import { InvalidInputError, type LimitsInForce, type SandboxLimits } from '@showrunner/contracts';

const MIB = 1024 ** 2;

/** Resources of a box, fixed by the template it was made from. */
export interface BoxResources {
  cpuCount: number;
  memoryMB: number;
  diskSizeMB: number;
}

/** Larger than asked for is not what was asked for either: it is told in the note. */
export function limitsInForce(requested: SandboxLimits, box: BoxResources): LimitsInForce {
  const fixed = (asked: number, given: number) => ({
    requested: asked,
    enforced: given,
    by: 'E2B template',
    ...(asked === given ? {} : { note: 'fixed by the template; E2B has no limit of a single sandbox' }),
  });
  return {
    cpus: fixed(requested.cpus, box.cpuCount),
    memoryBytes: fixed(requested.memoryBytes, box.memoryMB * MIB),
    diskBytes: fixed(requested.diskBytes, box.diskSizeMB * MIB),
    maxProcesses: {
      requested: requested.maxProcesses,
      enforced: requested.maxProcesses,
      by: 'RLIMIT_NPROC',
      note: 'counts every process of the sandbox user',
    },
  };
}

/** @throws InvalidInputError `sandbox_capability_missing` when the template gives less than was asked for */
export function requireResources(requested: SandboxLimits, box: BoxResources, template: string): void {
  const lacking = [
    ...(box.cpuCount < requested.cpus ? [`${box.cpuCount} of ${requested.cpus} vCPU`] : []),
    ...(box.memoryMB * MIB < requested.memoryBytes
      ? [`${box.memoryMB} of ${Math.ceil(requested.memoryBytes / MIB)} MiB of memory`]
      : []),
    ...(box.diskSizeMB * MIB < requested.diskBytes
      ? [`${box.diskSizeMB} of ${Math.ceil(requested.diskBytes / MIB)} MiB of disk`]
      : []),
  ];
  if (lacking.length === 0) return;
  throw new InvalidInputError(
    'sandbox_capability_missing',
    `The E2B template "${template}" gives only ${lacking.join(', ')}, and E2B fixes resources by template.`,
    { remedy: 'Ask for less, or name a larger template in SANDBOX_TARGET.' },
  );
}
