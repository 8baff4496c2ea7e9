import type { SandboxRef } from '@showrunner/contracts';
import type { SandboxDependencies } from './dependencies';

/** Ends everything of a sandbox. The preview is revoked first, so that nobody is led to a port that another may get. */
export async function destroySandbox(deps: SandboxDependencies, { sandboxId }: SandboxRef): Promise<void> {
  await deps.database.previews.revoke(sandboxId);
  await deps.provider.destroy(sandboxId);
  await deps.database.transaction(async ({ sandboxes, builds, outbox }) => {
    const row = await sandboxes.find(sandboxId);
    if (!(await sandboxes.markDestroyed(sandboxId))) return;
    const build = row?.buildId == null ? null : await builds.find(row.buildId);
    await outbox.append({
      type: 'SANDBOX_DESTROYED',
      projectId: row?.projectId ?? null,
      runId: build?.runId ?? null,
      data: { sandboxId, buildId: row?.buildId ?? null },
    });
  });
}
