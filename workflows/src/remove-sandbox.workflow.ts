import type { SandboxRef } from '@showrunner/contracts';
import { sandbox } from './activity-options';

/** Ends a sandbox that no run owns any more, for example one that was kept after its film. */
export async function removeSandbox(ref: SandboxRef): Promise<void> {
  await sandbox.destroySandbox.executeWithOptions({ summary: `destroy ${ref.sandboxId}` }, [ref]);
}
