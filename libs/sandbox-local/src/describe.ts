import type { LimitsInForce, SandboxInfo, SandboxLimits } from '@showrunner/contracts';
import { isAlive } from './proc';
import type { CgroupOutcomes } from '@showrunner/control-groups';
import type { SandboxMeta } from './sandbox-folder';

export function limitsInForce(limits: SandboxLimits, outcomes: CgroupOutcomes, root: boolean): LimitsInForce {
  const processes =
    outcomes.pids.enforced === null && !root
      ? {
          enforced: limits.maxProcesses,
          by: 'RLIMIT_NPROC',
          note: 'without root: a limit of the user namespace',
        }
      : outcomes.pids;
  const disk = root
    ? { enforced: limits.diskBytes, by: 'ext4 image' }
    : { enforced: limits.diskBytes, by: 'tmpfs size', note: 'without root: /app is held in memory' };
  return {
    cpus: { requested: limits.cpus, ...outcomes.cpu },
    memoryBytes: { requested: limits.memoryBytes, ...outcomes.memory },
    diskBytes: { requested: limits.diskBytes, ...disk },
    maxProcesses: { requested: limits.maxProcesses, ...processes },
  };
}

/** A running sandbox whose process 1 is gone has failed. */
export async function describeMeta(meta: SandboxMeta): Promise<SandboxInfo> {
  let status = meta.status;
  if (status === 'running' && !(await isAlive(meta.init))) status = 'failed';
  if (status === 'creating' && !(await isAlive(meta.creator))) status = 'failed';
  const { id, createdAt, labels, limits } = meta;
  return { id, provider: 'local', status, createdAt, labels, limits };
}

/** A folder without meta.json: its creator has only begun, or died there. */
export function unknownInfo(id: string, claimedAt: Date): SandboxInfo {
  const none = { requested: 0, enforced: null, by: 'none', note: 'creation did not get this far' };
  const limits = { cpus: none, memoryBytes: none, diskBytes: none, maxProcesses: none };
  return {
    id,
    provider: 'local',
    status: 'creating',
    createdAt: claimedAt.toISOString(),
    labels: {},
    limits,
  };
}
