import { AppError } from '@showrunner/contracts';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';

type Sandboxes = Pick<SandboxProvider, 'get'>;

/** A sandbox that an earlier stage made. @throws AppError `sandbox_lost` */
export async function liveSandbox(provider: Sandboxes, sandboxId: string): Promise<Sandbox> {
  const sandbox = await provider.get(sandboxId);
  if (sandbox !== undefined) return sandbox;
  throw lost(sandboxId);
}

/** Asks whether the sandbox runs: one that died is still known to its provider. @throws AppError `sandbox_lost` */
export async function requireRunning(provider: Sandboxes, sandboxId: string): Promise<void> {
  const { status } = await (await liveSandbox(provider, sandboxId)).info();
  if (status !== 'running') throw lost(sandboxId);
}

/**
 * Works with an app. From outside, the death of a sandbox looks like an app that answers no more: when the work fails, that is the reason
 * if there is no sandbox. @throws AppError `sandbox_lost`, and what `work` throws
 */
export async function inRunningSandbox<T>(
  provider: Sandboxes,
  sandboxId: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await requireRunning(provider, sandboxId);
    throw error;
  }
}

const lost = (sandboxId: string): AppError =>
  new AppError('sandbox_lost', `The sandbox ${sandboxId} is no longer running.`, {
    status: 410,
    remedy: 'Start the run again; a new sandbox is made.',
  });
