import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { AppError } from '@showrunner/contracts';
import { HOST_ENVIRONMENT } from './enter';

const WAIT_SECONDS = 300;
const HELD = 'held';

/**
 * Runs `fn` while no other process of this host changes what a sandbox is. The kernel holds the lock for a child that ends with the
 * pipe from us, so a caller that is killed frees it.
 * @throws AppError `sandbox_busy` (retryable) when another holds it for longer than that (five minutes)
 */
export async function withTransition<T>(
  folder: string,
  fn: () => Promise<T>,
  waitSeconds = WAIT_SECONDS,
): Promise<T> {
  const lock = join(folder, 'transition.lock');
  const child = spawn('flock', ['-w', String(waitSeconds), lock, 'sh', '-c', `echo ${HELD}; read -r _`], {
    cwd: '/',
    detached: true,
    env: HOST_ENVIRONMENT,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => undefined); // it ended first
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const answer = await Promise.race([once(child.stdout, 'data').then(String), ended.then(() => '')]);
  if (!answer.startsWith(HELD))
    throw new AppError('sandbox_busy', 'The sandbox is being changed by another caller, or it is gone.', {
      retryable: true,
    });
  try {
    return await fn();
  } finally {
    child.stdin.end();
    await ended;
  }
}
