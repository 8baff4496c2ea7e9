import type { SandboxCapabilities } from '@showrunner/contracts';

/** What E2B offers, as declared by its specification and the behaviour of its SDK. */
export const E2B_CAPABILITIES: SandboxCapabilities = {
  isolation: 'a Firecracker virtual machine of E2B, with a kernel of its own',
  // A pause that keeps the file system and drops the memory.
  stop: 'native',
  // The same pause: E2B has no colder storage.
  archive: 'emulated',
  // Metadata are given at the creation.
  labelsChange: false,
  images: false,
  dockerfile: false,
  limits: { cpus: 'fixed', memoryBytes: 'fixed', diskBytes: 'fixed', maxProcesses: 'enforced' },
  // Names on ports 80 and 443 only; name resolution stays open; whether names of private addresses are refused is not documented.
  network: { hosts: true, maxHosts: null, live: true, privateAddressesRefused: false },
  egressLog: 'unsupported',
  rawConnect: false,
  outOfMemoryReported: false,
  metrics: true,
};
