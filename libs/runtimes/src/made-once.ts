import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { AppError } from '@showrunner/contracts';

const HELD = 'held';

/**
 * Runs `fn` while no other process of this host holds the lock of that file. The kernel holds it for a child that ends with the pipe from us, so
 * a holder that is killed frees it.
 * @throws AppError `runtime_busy` (retryable) when another holds it for longer than `waitSeconds`
 */
export async function withFileLock<T>(
  file: string,
  fn: () => Promise<T>,
  { waitSeconds, signal }: { waitSeconds: number; signal?: AbortSignal | undefined },
): Promise<T> {
  const child = spawn('flock', ['-w', String(waitSeconds), file, 'sh', '-c', `echo ${HELD}; read -r _`], {
    cwd: '/',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => undefined); // it ended first
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const letGo = (): void => void child.kill();
  signal?.addEventListener('abort', letGo, { once: true });
  try {
    const answer = await Promise.race([once(child.stdout, 'data').then(String), ended.then(() => '')]);
    signal?.throwIfAborted();
    if (!answer.startsWith(HELD))
      throw new AppError('runtime_busy', 'Another build is still making what this app runs on.', {
        status: 503,
        retryable: true,
        remedy: 'Try again in a moment.',
      });
    return await fn();
  } finally {
    signal?.removeEventListener('abort', letGo);
    child.stdin.end();
    await ended;
  }
}
