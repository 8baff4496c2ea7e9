import type { SandboxResource } from '@showrunner/contracts';
import type { SandboxRecord } from '@showrunner/database';

/** A sandbox as the API shows it: without its environment, which may hold secrets of its owner. */
export function toResource(
  sandbox: SandboxRecord,
  previewUrl: string | null,
  queue: SandboxResource['queue'] = null,
): SandboxResource {
  const { id, buildId, projectId, runId, tenantId, purpose, provider, labels, status, desired } = sandbox;
  const { message, failure, limits, network, ephemeral, createdAt, stoppedAt, destroyedAt } = sandbox;
  const { idleTimeoutMs, autoArchiveMs, autoDeleteMs, deadlineAt, lastUsedAt } = sandbox;
  return {
    id,
    buildId,
    projectId,
    runId,
    tenantId,
    purpose,
    provider,
    labels,
    status,
    desired,
    message,
    failure,
    limits,
    network,
    ephemeral,
    lease: { idleTimeoutMs, autoArchiveMs, autoDeleteMs, deadlineAt, lastUsedAt },
    queue,
    previewUrl,
    createdAt,
    stoppedAt,
    destroyedAt,
  };
}
