import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@showrunner/contracts';
import { EgressServer } from '@showrunner/egress';
import type { AllowPolicy, EgressDecision } from '@showrunner/sandbox';
import { openSocket } from './shim/shim-client';
import { PHASE_SOCKET } from './shim/shim-protocol';
import { socketPath } from './shim/socket-path';

/**
 * Serves the sandbox's socket of phases with the policy while `fn` runs. One socket a sandbox: whoever comes through it is that sandbox.
 * @throws AppError `network_phase_open` when another caller serves it now
 */
export async function withPhaseNetwork<T>(
  folder: string,
  policy: AllowPolicy,
  fn: () => Promise<T>,
): Promise<{ value: T; decisions: EgressDecision[] }> {
  await requireFree(folder);
  const server = new EgressServer(policy, folder);
  const { path, free } = socketPath(folder, PHASE_SOCKET);
  try {
    await server.listen(path);
  } finally {
    free();
  }
  try {
    return { value: await fn(), decisions: server.decisions };
  } finally {
    await server.close();
    await unlink(join(folder, PHASE_SOCKET)).catch(() => undefined); // closed servers remove it themselves
  }
}

/** A socket file without a server was left by a caller that died. */
async function requireFree(folder: string): Promise<void> {
  try {
    (await openSocket(folder, PHASE_SOCKET)).destroy();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') await unlink(join(folder, PHASE_SOCKET));
    return;
  }
  throw phaseOpen();
}

export function phaseOpen(): AppError {
  return new AppError('network_phase_open', 'Another caller has opened the network of this sandbox.', {
    retryable: true,
  });
}
