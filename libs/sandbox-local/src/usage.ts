import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxMetrics } from '@showrunner/contracts';
import { readTraffic } from '@showrunner/egress';
import { archivePath } from './archive-file';
import { DISK } from './disk-image';
import { proxyFolder } from './egress-proxy/live-network';
import type { SandboxMeta, SandboxUsage } from './sandbox-folder';
import { sandboxGroups, type HostContext } from './host-context';

/** What the sandbox has used with its present life counted in; read it before the control groups go. */
export function usageUpTo(context: HostContext, meta: SandboxMeta): SandboxUsage {
  const counters = sandboxGroups(context, meta.id).counters();
  return {
    cpuSeconds: (meta.usage?.cpuSeconds ?? 0) + (counters.cpuSeconds ?? 0),
    memoryPeakBytes: Math.max(meta.usage?.memoryPeakBytes ?? 0, counters.memoryPeakBytes ?? 0),
  };
}

export function metricsOf(context: HostContext, meta: SandboxMeta): SandboxMetrics {
  const folder = context.home.folder(meta.id);
  const runs = meta.status === 'running';
  const counters = sandboxGroups(context, meta.id).counters();
  const usage = usageUpTo(context, meta);
  const traffic = [readTraffic(folder), readTraffic(proxyFolder(folder))];
  // A stopped sandbox has no groups, but what it used before is known.
  const known = (counter: number | null, total: number) => (runs && counter === null ? null : total);
  return {
    cpuSeconds: known(counters.cpuSeconds, usage.cpuSeconds),
    memoryBytes: runs ? counters.memoryBytes : 0,
    memoryPeakBytes: known(counters.memoryPeakBytes, usage.memoryPeakBytes),
    diskBytes: diskBytes(folder, meta),
    processes: runs ? counters.processes : 0,
    networkReceivedBytes: traffic.reduce((sum, { received }) => sum + received, 0),
    networkSentBytes: traffic.reduce((sum, { sent }) => sum + sent, 0),
  };
}

/** Bytes in use on the disk while it is mounted, else what its image or archive takes. */
function diskBytes(folder: string, meta: SandboxMeta): number | null {
  try {
    if (meta.status === 'running') {
      const disk = statfsSync(`/proc/${meta.init?.pid ?? 0}/root/app`);
      return (disk.blocks - disk.bfree) * disk.bsize;
    }
    const file = archivePath(folder) ?? join(folder, DISK);
    return existsSync(file) ? statSync(file).blocks * 512 : null;
  } catch {
    return null; // it ended meanwhile, or this caller may not look
  }
}
