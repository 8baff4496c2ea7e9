import { z } from 'zod';
import { SandboxStatusSchema } from './sandbox';

const MINUTE_MS = 60_000;

/** Where a sandbox of ours stands: waiting for a place, or what its provider says. */
export const SandboxStateSchema = z.enum(['queued', ...SandboxStatusSchema.options]);
export type SandboxState = z.infer<typeof SandboxStateSchema>;

/** What its owner wants it to be. */
export const DesiredStateSchema = z.enum(['running', 'stopped', 'archived', 'destroyed']);
export type DesiredState = z.infer<typeof DesiredStateSchema>;

/** What a sandbox was made for: the app of a build, a request of the API, generated code, one call of an agent. */
export const SANDBOX_PURPOSES = ['build', 'api', 'generated', 'agent'] as const;
export type SandboxPurpose = (typeof SANDBOX_PURPOSES)[number];

/** Minutes without use after which a sandbox is stopped (requirement 2.7). */
export const IDLE_TIMEOUT_MS: Record<SandboxPurpose, number> = {
  build: 30 * MINUTE_MS,
  api: 15 * MINUTE_MS,
  generated: 60 * MINUTE_MS,
  agent: 5 * MINUTE_MS,
};
/** A stopped sandbox is archived after a day and deleted after thirty, unless its lease says otherwise. */
export const AUTO_ARCHIVE_MS = 24 * 60 * MINUTE_MS;
export const AUTO_DELETE_MS = 30 * AUTO_ARCHIVE_MS;

/** Everything that decides when a sandbox is stopped, archived and deleted. Moments are Unix epoch ms; null: never. */
export interface Lease {
  status: SandboxState;
  desired: DesiredState;
  ephemeral: boolean;
  idleTimeoutMs: number | null;
  autoArchiveMs: number | null;
  autoDeleteMs: number | null;
  deadlineAt: number | null;
  lastUsedAt: number;
  stoppedAt: number | null;
  /** A stopped or archived one shall run again, and waits for a place. */
  isWaiting?: boolean;
}

/** What comes next in the life of a sandbox. `wait`: nothing before `atMs`, `null` for nothing at all by itself. */
export type LeaseStep =
  | { action: 'create' | 'start' | 'stop' | 'archive' | 'delete'; why: string }
  | { action: 'wait'; atMs: number | null; why: string }
  | { action: 'end'; why: string };

/**
 * Decides the next step of a sandbox from its lease. Pure.
 * @param now Unix epoch ms
 * @param overBudget a sentence when its tenant or run has spent all that it may
 */
export function nextLeaseStep(lease: Lease, now: number, overBudget?: string): LeaseStep {
  const { status, desired } = lease;
  if (status === 'destroyed') return { action: 'end', why: 'destroyed' };
  if (desired === 'destroyed') return { action: 'delete', why: 'asked for' };
  switch (status) {
    case 'queued':
      return { action: 'wait', atMs: null, why: 'waits for a place' };
    case 'creating':
      return { action: 'create', why: 'has a place' };
    case 'failed':
      return lease.ephemeral
        ? { action: 'delete', why: 'failed' }
        : afterStop(lease, now, 'failed', lease.autoDeleteMs);
    case 'running':
      return whileRunning(lease, now, overBudget);
    case 'stopped':
      if (desired === 'running') return startOrWait(lease, now, overBudget);
      if (desired === 'archived') return { action: 'archive', why: 'asked for' };
      return afterStop(lease, now, 'stopped', lease.autoDeleteMs, lease.autoArchiveMs);
    case 'archived':
      if (desired === 'running') return startOrWait(lease, now, overBudget);
      return afterStop(lease, now, 'archived', lease.autoDeleteMs);
  }
}

function whileRunning(lease: Lease, now: number, overBudget?: string): LeaseStep {
  if (lease.desired === 'archived') return { action: 'archive', why: 'asked for' };
  const end = lease.ephemeral ? 'delete' : 'stop';
  if (lease.desired === 'stopped') return { action: end, why: 'asked for' };
  if (overBudget !== undefined) return { action: end, why: overBudget };
  if (lease.deadlineAt !== null && lease.deadlineAt <= now) return { action: end, why: 'its time is over' };
  const idleAt = lease.idleTimeoutMs === null ? null : lease.lastUsedAt + lease.idleTimeoutMs;
  if (idleAt !== null && idleAt <= now)
    return { action: end, why: `not used for ${Math.round((now - lease.lastUsedAt) / MINUTE_MS)} min` };
  const moments = [lease.deadlineAt, idleAt].filter((moment) => moment !== null);
  const atMs = moments.length === 0 ? null : Math.min(...moments);
  return { action: 'wait', atMs, why: `running${atMs === null ? '' : `, ${end} at ${isoMinute(atMs)}`}` };
}

function startOrWait(lease: Lease, now: number, overBudget?: string): LeaseStep {
  if (lease.isWaiting) return { action: 'wait', atMs: null, why: 'waits for a place to run again' };
  if (overBudget === undefined) return { action: 'start', why: 'asked for' };
  return afterStop(lease, now, overBudget, lease.autoDeleteMs, lease.autoArchiveMs);
}

function afterStop(
  { stoppedAt, lastUsedAt }: Lease,
  now: number,
  why: string,
  deleteMs: number | null,
  archiveMs: number | null = null,
): LeaseStep {
  const since = stoppedAt ?? lastUsedAt;
  const deleteAt = deleteMs === null ? null : since + deleteMs;
  const archiveAt = archiveMs === null ? null : since + archiveMs;
  if (deleteAt !== null && deleteAt <= now)
    return { action: 'delete', why: `${why} since ${isoMinute(since)}` };
  if (archiveAt !== null && archiveAt <= now)
    return { action: 'archive', why: `${why} since ${isoMinute(since)}` };
  const moments = [deleteAt, archiveAt].filter((moment) => moment !== null);
  return { action: 'wait', atMs: moments.length === 0 ? null : Math.min(...moments), why };
}

const isoMinute = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}Z`;
