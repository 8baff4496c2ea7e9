import type { SandboxCapabilities } from '@showrunner/contracts';
import { MAX_HOSTS } from './network-rules';

export const DAYTONA_CAPABILITIES: SandboxCapabilities = {
  isolation:
    'a container of Daytona (Docker, with Sysbox in its cloud); the kernel is shared with other containers',
  stop: 'native',
  archive: 'native',
  labelsChange: true,
  images: true,
  dockerfile: false,
  limits: { cpus: 'enforced', memoryBytes: 'enforced', diskBytes: 'enforced', maxProcesses: 'enforced' },
  network: { hosts: true, maxHosts: MAX_HOSTS, live: true, privateAddressesRefused: false },
  egressLog: 'unsupported',
  rawConnect: false,
  outOfMemoryReported: false,
  metrics: true,
};
