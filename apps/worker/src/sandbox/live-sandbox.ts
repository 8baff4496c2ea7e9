import { AppError, type SandboxRef } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import type { SandboxDependencies } from './dependencies';

/** The running sandbox of a build. @throws AppError `sandbox_lost` */
export async function liveSandbox(
  { provider }: SandboxDependencies,
  { sandboxId }: SandboxRef,
): Promise<Sandbox> {
  const sandbox = await provider.get(sandboxId);
  if (sandbox !== undefined) return sandbox;
  throw new AppError('sandbox_lost', `The sandbox ${sandboxId} is no longer running.`, {
    status: 410,
    remedy: 'Build the project again; a new sandbox is made.',
  });
}
