import type { LimitsInForce, SandboxLimits } from '@showrunner/contracts';
import type { EngineInfo } from '../engine/engine.types';

/** What the engine says of its kernel, and what it does with each limit. */
export function limitsInForce(limits: SandboxLimits, info: EngineInfo, diskQuota: boolean): LimitsInForce {
  const by = `cgroup v${info.CgroupVersion ?? '1'}`;
  const limit = (requested: number, held: boolean, what: string, note?: string) =>
    held
      ? { requested, enforced: requested, by: what, ...(note === undefined ? {} : { note }) }
      : { requested, enforced: null, by: 'none', note: note ?? `the kernel of the engine has no ${what}` };
  return {
    cpus: limit(limits.cpus, info.CpuCfsQuota, `${by} cpu quota`),
    memoryBytes: limit(
      limits.memoryBytes,
      info.MemoryLimit,
      `${by} memory`,
      info.MemoryLimit && !info.SwapLimit ? 'swap is not counted by the kernel of the engine' : undefined,
    ),
    diskBytes: limit(
      limits.diskBytes,
      diskQuota,
      'project quota of the volumes, one each for /app and /home/app',
      diskQuota
        ? undefined
        : 'volumes of this engine have no quota: its data folder would have to lie on xfs with pquota',
    ),
    maxProcesses: limit(limits.maxProcesses, info.PidsLimit, `${by} pids`),
  };
}
