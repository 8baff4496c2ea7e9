import type { SandboxProvider } from '@showrunner/sandbox';
import { LocalSandboxProvider } from '@showrunner/sandbox-local';

interface HostSandboxOptions {
  /** Where host uids are claimed; default that of this host. */
  uidDirectory?: string;
}

/**
 * Sandboxes of this host for the tests of packages that need some and may know no provider: those who use any, and the simulators of
 * other providers, whose boxes run in them. Needs root and bubblewrap.
 * @param home folder that the test deletes after it has destroyed them and closed the provider
 */
export function openHostSandboxes(home: string, options: HostSandboxOptions = {}): SandboxProvider {
  return new LocalSandboxProvider({ ...options, home });
}
