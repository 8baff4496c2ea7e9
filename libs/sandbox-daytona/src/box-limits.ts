import type { LimitsInForce, SandboxLimits } from '@showrunner/contracts';

const GIB = 1024 ** 3;

/** What Daytona is asked for: whole vCPUs and whole GiB, never less than was asked of us. */
export interface BoxResources {
  cpu: number;
  memory: number;
  disk: number;
}

export function resourcesFor(limits: SandboxLimits): BoxResources {
  return {
    cpu: Math.max(1, Math.ceil(limits.cpus)),
    memory: Math.max(1, Math.ceil(limits.memoryBytes / GIB)),
    disk: Math.max(1, Math.ceil(limits.diskBytes / GIB)),
  };
}

/** @param requested undefined when it is not known any more: what is in force then counts as asked for */
export function limitsInForce(requested: SandboxLimits | undefined, box: BoxResources): LimitsInForce {
  const byDaytona = (asked: number | undefined, given: number, unit: string) => ({
    requested: asked ?? given,
    enforced: given,
    by: 'Daytona',
    ...(asked === undefined || asked === given ? {} : { note: `Daytona gives whole ${unit}` }),
  });
  return {
    cpus: byDaytona(requested?.cpus, box.cpu, 'vCPUs'),
    memoryBytes: byDaytona(requested?.memoryBytes, box.memory * GIB, 'GiB'),
    diskBytes: byDaytona(requested?.diskBytes, box.disk * GIB, 'GiB'),
    maxProcesses: {
      requested: requested?.maxProcesses ?? 0,
      enforced: requested?.maxProcesses ?? null,
      by: 'RLIMIT_NPROC',
      note: 'counts every process of the sandbox user',
    },
  };
}
