import { once } from 'node:events';
import { unlink } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { AppError } from '@showrunner/contracts';
import { openSocket } from '../local/keeper/keeper-client';
import { socketPath } from '../local/keeper/socket-path';
import type { EgressDecision, NetworkPolicy } from '../sandbox.types';
import { createEgressProxy } from './egress-proxy';
import { EgressJudge } from './egress-judge';

const SOCKET = 'egress.sock';

/**
 * Serves `<folder>/egress.sock` with the policy while `fn` runs. One socket a sandbox: whoever comes through it is that sandbox.
 * @throws AppError `network_phase_open` when another caller serves it now
 */
export async function withEgress<T>(
  folder: string,
  policy: Extract<NetworkPolicy, { mode: 'allow' }>,
  fn: () => Promise<T>,
): Promise<{ value: T; decisions: EgressDecision[] }> {
  const judge = new EgressJudge(policy);
  await requireFree(folder);
  const server = createEgressProxy(judge);
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const { path, free } = socketPath(folder, SOCKET);
  try {
    server.listen(path);
    await once(server, 'listening');
  } finally {
    free();
  }
  try {
    return { value: await fn(), decisions: judge.decisions };
  } finally {
    server.close();
    for (const socket of open) socket.destroy();
    await unlink(join(folder, SOCKET)).catch(() => undefined); // closed servers remove it themselves
  }
}

/** A socket file without a server was left by a caller that died. */
async function requireFree(folder: string): Promise<void> {
  try {
    (await openSocket(folder, SOCKET)).destroy();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') await unlink(join(folder, SOCKET));
    return;
  }
  throw new AppError('network_phase_open', 'Another caller has opened the network of this sandbox.', {
    retryable: true,
  });
}
