import { AppError } from '@showrunner/contracts';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';

/** A sandbox that an earlier stage made. @throws AppError `sandbox_lost` */
export async function liveSandbox(
  provider: Pick<SandboxProvider, 'get'>,
  sandboxId: string,
): Promise<Sandbox> {
  const sandbox = await provider.get(sandboxId);
  if (sandbox !== undefined) return sandbox;
  throw new AppError('sandbox_lost', `The sandbox ${sandboxId} is no longer running.`, {
    status: 410,
    remedy: 'Start the run again; a new sandbox is made.',
  });
}
