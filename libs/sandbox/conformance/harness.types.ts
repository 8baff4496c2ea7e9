import type { SandboxLimits } from '@showrunner/contracts';
import type { CreateSandboxOptions, Sandbox, SandboxProvider } from '../src/sandbox.types';

/** What one provider brings to the suite. The tests know of it only what `SandboxProvider.capabilities` says. */
export interface ConformanceHarness {
  /** A provider as one more process of the same installation would have it. Opened several times; each is closed by the suite. */
  open(): Promise<SandboxProvider>;
  /** After everything was destroyed. */
  close(): Promise<void>;
  /** Why nothing of this can run here; the suite is skipped with these words. */
  unfit?: string;
  /** Where the provider has a choice; default: small ones. */
  limits?: SandboxLimits;
  /** Sandboxes that are cheap enough to be made for the paging of lists; none without. */
  manyBoxes?: number;
  /** Listeners of the tests on this host's loopback can be reached from inside when they are among `privateHosts`. */
  reachesTestHost?: boolean;
  /** A command waits while nobody takes its output; otherwise the provider keeps it, and only the reading waits. */
  commandsWait?: boolean;
  /** Makes a running sandbox die as by a fault of its host. */
  murder?(id: string): Promise<void>;
  /** Host name or address as which a sandbox sees this host; default 127.0.0.1. */
  testHost?: string;
}

export interface ConformanceBench {
  readonly harness: ConformanceHarness;
  provider(): SandboxProvider;
  /** A second handle on the same installation, closed by the suite. */
  openAnother(): Promise<SandboxProvider>;
  /** A sandbox of a test's own, destroyed at the end of the suite. */
  create(options?: Partial<CreateSandboxOptions>): Promise<Sandbox>;
  /** An id that no other test uses. */
  newId(): string;
  /** One running sandbox for tests that leave it running. */
  shared(): Promise<Sandbox>;
}
