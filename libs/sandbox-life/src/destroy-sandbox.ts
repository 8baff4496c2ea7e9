import type { SandboxRef } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import type { SandboxLifeDependencies } from './life-dependencies';

/** Ends everything of a sandbox. The preview is revoked first, so that nobody is led to a port that another may get. */
export async function destroySandbox(
  deps: Pick<SandboxLifeDependencies, 'providerOf'> & {
    database: Pick<Database, 'previews' | 'sandboxes' | 'transaction'>;
  },
  ref: SandboxRef,
): Promise<void> {
  const { sandboxId } = ref;
  await deps.database.previews.revoke(sandboxId);
  // It may have moved since the caller was told where it lives.
  const record = await deps.database.sandboxes.find(sandboxId);
  const provider = await deps.providerOf(record?.provider ?? ref.provider);
  await provider.destroy(record?.providerId ?? sandboxId);
  await deps.database.transaction(async ({ sandboxes, builds, outbox }) => {
    const row = await sandboxes.find(sandboxId);
    // One that waited for its place was never made.
    if (!(await sandboxes.markDestroyed(sandboxId)) || row?.status === 'queued') return;
    const build = row?.buildId == null ? null : await builds.find(row.buildId);
    await outbox.append({
      type: 'SANDBOX_DESTROYED',
      projectId: row?.projectId ?? null,
      runId: build?.runId ?? null,
      data: { sandboxId, buildId: row?.buildId ?? null },
    });
  });
}
