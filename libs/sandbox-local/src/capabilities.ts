import type { SandboxCapabilities } from '@showrunner/contracts';

/**
 * What local sandboxes can do for this caller. Without root there are no control groups, and the files live in memory.
 * @param root whether the caller is root
 */
export function localCapabilities(root: boolean): SandboxCapabilities {
  return {
    isolation:
      'bubblewrap: Linux namespaces, no capabilities, a host uid of its own, control groups, a seccomp filter; the kernel is shared',
    stop: root ? 'native' : 'unsupported',
    archive: root ? 'native' : 'unsupported',
    labelsChange: true,
    images: false,
    dockerfile: false,
    limits: {
      cpus: root ? 'enforced' : 'unsupported',
      memoryBytes: root ? 'enforced' : 'unsupported',
      diskBytes: 'enforced',
      maxProcesses: 'enforced',
    },
    network: { hosts: true, maxHosts: null, live: true, privateAddressesRefused: true },
    egressLog: 'complete',
    rawConnect: true,
    outOfMemoryReported: root,
    metrics: root,
  };
}
