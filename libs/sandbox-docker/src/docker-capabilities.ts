import type { SandboxCapabilities } from '@showrunner/contracts';
import type { EngineContext } from './container/engine-context';

/** What this engine, as it says and as was tried, can do. */
export function dockerCapabilities({
  info,
  diskQuota,
  runtime,
}: Pick<EngineContext, 'info' | 'diskQuota' | 'runtime'>): SandboxCapabilities {
  const options = info.SecurityOptions ?? [];
  const seccomp = options.some((option) => option.startsWith('name=seccomp'));
  const kept = (held: boolean) => (held ? 'enforced' : 'unsupported');
  const kernel =
    runtime === 'runsc' ? 'gVisor (runsc): a kernel of its own in user space' : 'the kernel is shared';
  return {
    isolation: `Docker container: namespaces, no capabilities, no new privileges, read-only root, no network, ${seccomp ? "the engine's seccomp filter" : 'NO seccomp filter'}; ${kernel}`,
    stop: 'native',
    archive: 'emulated',
    labelsChange: true,
    images: true,
    dockerfile: true,
    limits: {
      cpus: kept(info.CpuCfsQuota),
      memoryBytes: kept(info.MemoryLimit),
      diskBytes: kept(diskQuota),
      maxProcesses: kept(info.PidsLimit),
    },
    network: { hosts: true, maxHosts: null, live: true, privateAddressesRefused: true },
    egressLog: 'complete',
    rawConnect: true,
    outOfMemoryReported: true,
    metrics: true,
  };
}
