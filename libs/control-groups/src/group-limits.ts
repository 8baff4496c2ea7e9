import type { LimitController } from './cgroup-layout';

const CPU_PERIOD_US = 100_000;

/** What a group may use; what is left out is not bounded. Bytes, processes and threads, processors. */
export interface GroupLimits {
  memoryBytes?: number;
  maxProcesses?: number;
  cpus?: number;
}

/** One write into a file of a group. */
export interface LimitWrite {
  file: string;
  value: string;
  /** A file that older or differently configured kernels lack. */
  optional?: boolean;
}

const LIMIT_OF: Record<LimitController, (limits: GroupLimits) => number | undefined> = {
  memory: (limits) => limits.memoryBytes,
  pids: (limits) => limits.maxProcesses,
  cpu: (limits) => limits.cpus,
};

/** The limit that a controller enforces; undefined where none was asked for. */
export const limitOf = (controller: LimitController, limits: GroupLimits): number | undefined =>
  LIMIT_OF[controller](limits);

/** What makes a controller enforce `limit`; the first of them that is not optional is the limit itself. */
export function limitWrites(controller: LimitController, version: 1 | 2, limit: number): LimitWrite[] {
  const value = String(limit);
  if (controller === 'pids') return [{ file: 'pids.max', value }];
  if (controller === 'memory')
    return version === 1
      ? [
          { file: 'memory.limit_in_bytes', value },
          { file: 'memory.memsw.limit_in_bytes', value, optional: true },
          { file: 'memory.swappiness', value: '0', optional: true },
        ]
      : [
          { file: 'memory.max', value },
          { file: 'memory.swap.max', value: '0', optional: true },
        ];
  const quota = Math.max(1000, Math.round(limit * CPU_PERIOD_US));
  return version === 1
    ? [{ file: 'cpu.cfs_quota_us', value: String(quota) }]
    : [{ file: 'cpu.max', value: `${quota} ${CPU_PERIOD_US}` }];
}
