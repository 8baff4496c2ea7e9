import type { SandboxRef } from './activities';
import type { RunFailure } from './run';
import type { LimitsInForce } from './sandbox';
import type { LeaseStep } from './sandbox-lease';

/** Steps that the workflow of a sandbox performs. */
export type LifecycleAction = 'create' | 'start' | 'stop' | 'archive' | 'delete';

/**
 * The life of a sandbox of its own, on the pool `sandbox`. What is to be done stands in the database; each activity may run twice and then
 * finds its work done.
 */
export interface SandboxLifeActivities {
  /** Puts a sandbox that outlives its build under a lease: idle for half an hour, then deleted. */
  adoptSandbox(input: SandboxRef): Promise<void>;
  /** Compares the record with the provider, renews the provider's backstop, and decides what comes next. */
  nextSandboxStep(input: SandboxRef): Promise<LeaseStep>;
  /** Makes the sandbox as its record asks. @throws codes of `SandboxProvider.create` */
  provisionSandbox(input: SandboxRef): Promise<{ limits: LimitsInForce }>;
  startSandbox(input: SandboxRef): Promise<void>;
  /** `decidedAtMs`: a use after it means that its owner wants it back at once. */
  stopSandbox(input: SandboxRef & { why: string; decidedAtMs: number }): Promise<void>;
  archiveSandbox(input: SandboxRef & { why: string }): Promise<void>;
  /** Notes a step that failed for good, so that it is not tried for ever. */
  noteFailedStep(input: SandboxRef & { action: LifecycleAction; failure: RunFailure }): Promise<void>;
}

/** Input of `keepSandbox`. Everything else stands in the database, so that environments never enter a history. */
export interface KeepSandboxInput extends SandboxRef {
  /** A sandbox that a build made and left. */
  adopt?: boolean;
}
