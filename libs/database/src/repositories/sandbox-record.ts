import type {
  DesiredState,
  LimitsInForce,
  NetworkPolicy,
  RunFailure,
  SandboxLimits,
  SandboxProviderName,
  SandboxPurpose,
  SandboxState,
} from '@showrunner/contracts';
import type { Sandbox } from '../generated/client';
import { fromJson, isoOrNull } from '../json';

export interface SandboxRecord {
  id: string;
  /** Null unless a build made it. */
  buildId: string | null;
  projectId: string | null;
  runId: string | null;
  tenantId: string;
  purpose: SandboxPurpose;
  provider: SandboxProviderName;
  /** What the provider calls it, where that is not the id. */
  providerId: string | null;
  labels: Record<string, string>;
  status: SandboxState;
  desired: DesiredState;
  message: string;
  failure: SandboxFailure | null;
  requested: SandboxLimits | null;
  /** In force once running; as requested before; null when nothing was asked for. */
  limits: LimitsInForce | Partial<SandboxLimits> | null;
  network: NetworkPolicy | null;
  ephemeral: boolean;
  idleTimeoutMs: number | null;
  autoArchiveMs: number | null;
  autoDeleteMs: number | null;
  deadlineAt: string | null;
  lastUsedAt: string;
  createdAt: string;
  /** Since when a stopped or archived one waits for a place to run again. */
  queuedAt: string | null;
  admittedAt: string | null;
  stoppedAt: string | null;
  destroyedAt: string | null;
}
export type SandboxFailure = Pick<RunFailure, 'code' | 'message' | 'remedy'>;

/** A sandbox to be made for a request rather than by a build. */
export type NewSandbox = Pick<
  SandboxRecord,
  | 'id'
  | 'tenantId'
  | 'purpose'
  | 'provider'
  | 'labels'
  | 'ephemeral'
  | 'idleTimeoutMs'
  | 'autoArchiveMs'
  | 'autoDeleteMs'
  | 'deadlineAt'
> & {
  requested: SandboxLimits;
  network: NetworkPolicy | null;
  /** Sealed; see `openEnvironment`. */
  environment: Record<string, string>;
};

/** The workflow of a build or run keeps it and ends it; those under a lease have a workflow of their own. */
export const isOfBuild = ({ buildId, idleTimeoutMs }: SandboxRecord): boolean =>
  buildId !== null && idleTimeoutMs === null;

/** A row of the table as the rest of the product sees it. */
export function toSandboxRecord({ environment: _e, environmentSealed: _s, ...row }: Sandbox): SandboxRecord {
  return {
    ...row,
    purpose: row.purpose as SandboxPurpose,
    provider: row.provider as SandboxProviderName,
    status: row.status as SandboxState,
    desired: row.desired as DesiredState,
    labels: fromJson<Record<string, string>>(row.labels),
    failure: fromJson<SandboxFailure | null>(row.failure),
    requested: fromJson<SandboxLimits | null>(row.requested),
    limits: fromJson<SandboxRecord['limits']>(row.limits),
    network: fromJson<NetworkPolicy | null>(row.network),
    deadlineAt: isoOrNull(row.deadlineAt),
    lastUsedAt: row.lastUsedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    queuedAt: isoOrNull(row.queuedAt),
    admittedAt: isoOrNull(row.admittedAt),
    stoppedAt: isoOrNull(row.stoppedAt),
    destroyedAt: isoOrNull(row.destroyedAt),
  };
}
